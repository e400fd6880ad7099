import Settings

extension PicturePairs: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        self.init(
            from: section.optionalText(.from),
            to: section.optionalText(.to),
            matched: section.flag(.matched, default: true)
        )
        guard from == to else { return }
        section.problem(
            .to,
            expected: "another side than data.pairs.from: a class, a style, or a place of scenes",
            found: to ?? "nothing"
        )
    }
}
