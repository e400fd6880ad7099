import Datasets
import Prompts

extension GeneratorModel {
    /// The package that WordNet comes in.
    public static let wordNetPackage = DebianPackage("wordnet-base", path: "usr/share/wordnet")

    /// How to get WordNet where it is missing.
    public static let knowledgeCure =
        "with WordNet such words are drawn as what they are a kind of: 'atelier data fetch wordnet'"

    /// Takes WordNet as knowledge, where it is installed or fetched, and the user's own facts.
    ///
    /// - Throws: `KnowledgeError` for files that are there and hold something else.
    public func useInstalledKnowledge() throws(KnowledgeError) {
        facts = try .own()
        guard let folder = GeneratorModel.wordNetPackage.place else { return }
        knowledge = try WordNet(contentsOf: folder)
    }
}
