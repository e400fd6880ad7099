import Foundation

/// What `atelier evaluate` keeps beside its figures, for reports: lines, shares and names of sheets.
public struct EvaluationDetails: Codable, Sendable, Equatable {
    /// A line with a name.
    public struct Line: Codable, Sendable, Equatable {
        /// What it shows.
        public var name: String
        /// The points' numbers across the plot.
        public var across: [Double]
        /// The points' numbers up the plot.
        public var up: [Double]

        /// A line.
        public init(_ name: String, across: [Double], up: [Double]) {
            (self.name, self.across, self.up) = (name, across, up)
        }
    }

    /// A share of the drawings beside that of the real pictures.
    public struct Share: Codable, Sendable, Equatable {
        /// The class.
        public var name: String
        /// Of the drawings.
        public var drawings: Double
        /// Of the real pictures.
        public var real: Double

        /// A share.
        public init(_ name: String, drawings: Double, real: Double) {
            (self.name, self.drawings, self.real) = (name, drawings, real)
        }
    }

    /// A sheet of pictures in the same folder.
    public struct Sheet: Codable, Sendable, Equatable {
        /// What it shows.
        public var title: String
        /// The file's name.
        public var file: String

        /// A sheet.
        public init(_ title: String, file: String) { (self.title, self.file) = (title, file) }
    }

    /// The spectra of drawings and of real pictures: the logarithm of the power by frequency.
    public var spectra: [Line] = []
    /// How often each class is drawn, where a classifier tells.
    public var balance: [Share] = []
    /// Precision and recall as what is drawn is made less or more bold.
    public var boldness: [Line] = []
    /// Sheets: best, worst, nearest training pictures.
    public var sheets: [Sheet] = []

    /// None yet.
    public init() {}

    /// The file's name.
    public static let name = "evaluation.json"

    /// The details in a folder; nothing where there are none.
    ///
    /// - Throws: `DecodingError` where the file is not what it should be.
    public static func read(_ folder: URL) throws -> EvaluationDetails? {
        let file = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try JSONDecoder().decode(EvaluationDetails.self, from: Data(contentsOf: file))
    }
}
