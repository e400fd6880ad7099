/// A part of a recipe that is read key by key.
protocol RecipeSection {
    associatedtype CodingKeys: CodingKey, CaseIterable, Hashable, RawRepresentable<String>

    /// Reads the section; what is wrong goes to the reader, and a harmless value takes its place.
    init(reading section: SectionReader<CodingKeys>)
}
