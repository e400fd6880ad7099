import Datasets
import Evaluation
import Foundation
import Testing

@Suite(
    "Exam of scenes",
    .enabled(if: EmojiHand.noto.package.place != nil, "the emoji packages are not installed")
)
struct SceneExamTests {
    /// Sprites of the one hand that is installed with everything else.
    private static let bank: SpriteBank? = try? {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "atelier-scenes-tests", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try SpriteBank(
            PicturesSource(hands: [.shaded], folder: folder, notice: { _ in })
        )
    }()

    private func exam(
        in folder: URL,
        isStopping: @escaping () -> Bool = { false }
    ) throws -> SceneExam? {
        var effort = SceneExam.Effort()
        (effort.lessons, effort.drawings) = (96, 8)
        return try SceneExam(
            #require(Self.bank),
            effort: effort,
            keptIn: folder,
            notice: { _ in },
            isStopping: isStopping
        )
    }

    private func files(_ folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try Data(contentsOf: folder.appending(path: $0)))
            }
        )
    }

    @Test("a judge that was stopped goes on and ends as if it had not been")
    func stopped() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "exam-\(UUID())")
        defer { try? FileManager.default.removeItem(at: root) }
        let (one, other) = (root.appending(path: "one"), root.appending(path: "other"))
        let exam = try #require(try exam(in: one))
        #expect(try self.exam(in: other, isStopping: { true }) == nil)
        #expect(try files(other).keys.allSatisfy { $0.hasSuffix(".part") })
        #expect(try self.exam(in: other) != nil)
        let (first, second) = (try files(one), try files(other))
        #expect(first.count == 1 && first == second)
        // It is taken from its file, and says the same of the same scenes.
        let again = try #require(try self.exam(in: one, isStopping: { true }))
        for row in [SceneExamRow.thing, .position, .style] {
            #expect(try again.ceiling(row, .heldOut) == exam.ceiling(row, .heldOut))
        }
    }
}
