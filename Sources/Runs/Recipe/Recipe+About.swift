extension Recipe {
    /// What a person should know before choosing the recipe.
    public struct About: Codable, Sendable, Equatable {
        /// Where the method comes from.
        public var paper: String
        /// Data and machine that it needs.
        public var needs: String
        /// What comes out, and what does not.
        public var expect: String
        /// Hours on two cores of a server's processor; 0: not known.
        public var hoursOnTwoCores: Double
        /// Hours on one large graphics card; 0: not known.
        public var hoursOnGPU: Double

        enum CodingKeys: String, CodingKey, CaseIterable {
            case paper
            case needs
            case expect
            case hoursOnTwoCores = "hours-on-two-cores"
            case hoursOnGPU = "hours-on-gpu"
        }
    }
}

extension Recipe.About: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        paper = section.text(.paper, default: "")
        needs = section.text(.needs, default: "")
        expect = section.text(.expect, default: "")
        hoursOnTwoCores = section.number(.hoursOnTwoCores, default: 0, in: .nonNegative)
        hoursOnGPU = section.number(.hoursOnGPU, default: 0, in: .nonNegative)
    }
}
