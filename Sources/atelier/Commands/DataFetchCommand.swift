import ArgumentParser
import Datasets
import Foundation
import Generation
import Prompts

/// `atelier data fetch`: fetches a known data set and checks it.
struct DataFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch a known data set and check it.",
        discussion: """
            Sets of files come over HTTPS, and their checksums are checked. Sets made from packages \
            are downloaded by the system's package manager, which checks signatures, and unpacked \
            into the cache; nothing is installed.
            """
    )

    @Argument(
        help: """
            A set's name: mnist, cifar10, pictures, …; 'atelier data list' lists them. Or wordnet: what \
            things are a kind of.
            """
    )
    var set: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard set != "wordnet" else { return try fetchWordNet() }
        let names = DatasetName.allCases.filter {
            KnownDataset($0) != nil || !$0.packages.isEmpty
        }
        guard let name = DatasetName(rawValue: set), names.contains(name) else {
            throw ValidationError(
                "'\(set)' cannot be fetched; choose one of "
                    + names.map(\.rawValue).joined(separator: ", ") + "."
            )
        }
        // A package is signed, and often nearer, than the file on its author's server.
        guard let known = KnownDataset(name) else { return try fetchPackages(of: name) }
        if !name.packages.isEmpty {
            do {
                return try fetchPackages(of: name)
            } catch {
                Console.say("\(error)\nfetching the files of \(name.rawValue) instead", output)
            }
        }
        let folder = try await known.fetch()
        tell([folder.path], known.licence)
    }

    /// Fetches a set that packages hold.
    private func fetchPackages(of name: DatasetName) throws {
        for package in name.packages { try package.fetch() }
        tell(try name.packages.map { try $0.located().path }, name.terms ?? "")
    }

    /// Fetches what words that no caption has are looked up in.
    private func fetchWordNet() throws {
        try GeneratorModel.wordNetPackage.fetch()
        let folder = try GeneratorModel.wordNetPackage.located()
        _ = try WordNet(contentsOf: folder)
        tell([folder.path], "Princeton University; the WordNet licence")
    }

    private func tell(_ folders: [String], _ terms: String) {
        Console.say(folders.joined(separator: "\n") + "\n" + terms, output)
        if output.json {
            Console.json(Fetched(folder: folders[0], folders: folders, licence: terms))
        }
    }

    /// What was fetched, for programs.
    private struct Fetched: Encodable {
        let folder: String
        let folders: [String]
        let licence: String
    }
}
