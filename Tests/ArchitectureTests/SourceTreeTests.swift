import Testing

@Suite struct SourceTreeTests {
    let tree = SourceTree.atelier

    @Test(arguments: [("Sources", 400), ("Tests", 500)])
    func filesStayShort(folder: String, limit: Int) throws {
        let files = try tree.files(under: folder, endingIn: ["swift", "c", "cpp", "h"])
        #expect(!files.isEmpty)
        for file in files where !file.contains("/Generated/") {
            let lines = try tree.text(of: file).split(
                separator: "\n",
                omittingEmptySubsequences: false
            ).count
            #expect(lines <= limit + 1, "\(file)")
        }
    }

    /// What Swift sees of libtorch and libvips is C: no C++ type leaves the targets that call them.
    @Test(arguments: ["Sources/CTorch/include", "Sources/CVips/include"])
    func headersArePlainC(folder: String) throws {
        let headers = try tree.files(under: folder, endingIn: ["h", "hpp"])
        #expect(!headers.isEmpty)
        for header in headers {
            let code = SourceTree.withoutComments(try tree.text(of: header))
            let found = code.firstMatch(
                of:
                    /std::|\b(class|template|namespace|typename)\b|#include\s*<(torch|ATen|c10|vips)\//
            )
            #expect(found == nil, "\(header): \(found?.output.0 ?? "")")
        }
    }

    /// Only the target made for it includes a library's headers.
    @Test(arguments: [
        ("torch|ATen|c10", ["CTorch", "LibTorch"]), ("vips", ["CVips", "LibVips"]),
        ("archive", ["LibArchive"]),
    ])
    func librariesHaveOneDoor(library: String, doors: [String]) throws {
        let include = try Regex("#include\\s*<(\(library))[/.]")
        for file in try tree.files(under: "Sources", endingIn: ["c", "cpp", "h", "hpp"])
        where !doors.contains(where: { file.hasPrefix("Sources/\($0)/") }) {
            let code = SourceTree.withoutComments(try tree.text(of: file))
            let isIncluded = code.contains(include)
            #expect(!isIncluded, "\(file)")
        }
    }

    /// Commands write results in one way, which never takes the place of a file: `NewFile`.
    ///
    /// What belongs to a run, a worker's job, the user's settings or the cache is written again on purpose.
    @Test func commandsWriteResultsInOneWay() throws {
        let others = [
            "Commands/Evaluation/EvaluationFolder.swift", "Commands/Evaluation/MetricFile.swift",
            "Commands/PreferCommand.swift", "Commands/RecipesCommand.swift", "Commands/Worker/",
            "Output/KeptAnswer.swift",
        ]
        let write = #/\.write\(\s*to:|AtomicFile|FileDraft|createFile|fopen|[^.\w]open\(/#
        for file in try tree.files(under: "Sources/atelier", endingIn: ["swift"])
        where !others.contains(where: { file.hasPrefix("Sources/atelier/\($0)") }) {
            let code = SourceTree.withoutComments(try tree.text(of: file))
            let found = code.firstMatch(of: write)
            #expect(found == nil, "\(file): \(found?.output ?? "")")
        }
    }

    @Test func testsUsePublicInterfaces() throws {
        for file in try tree.files(under: "Tests", endingIn: ["swift"]) {
            let usesInternals = try tree.text(of: file).split(separator: "\n")
                .contains { $0.hasPrefix("@testable") }
            #expect(!usesInternals, "\(file)")
        }
    }

    /// The standard library's checks say nothing in release builds; those of `Checks` do.
    @Test func trapsSpeak() throws {
        var spoken = 0
        for file in try tree.files(under: "Sources", endingIn: ["swift"])
        where !file.contains("/Generated/") && !file.hasPrefix("Sources/Checks/") {
            let text = try tree.text(of: file)
            let isSilent = text.contains(/\b(assert|assertionFailure|unsafeDowncast)\(/)
            #expect(!isSilent, "\(file) uses a check that release builds leave out")
            guard text.contains(/\bprecondition(Failure)?\(/) else { continue }
            spoken += 1
            #expect(
                SourceTree.imports(in: text).contains("Checks"),
                "\(file) does not import Checks"
            )
        }
        #expect(spoken > 50)
    }

    @Test func importsAreFound() {
        let source = """
            import Foundation
            public import struct Torch.Tensor
            @preconcurrency import Yams
            let text = \"""
                import numpy
                \"""
            // import Comment
            let important = 1
            """
        #expect(SourceTree.imports(in: source) == ["Foundation", "Torch", "Yams"])
    }

    @Test func commentsAreRemoved() {
        let source = "int a; // std::\n/* class\n template */ int b;"
        #expect(SourceTree.withoutComments(source) == "int a; \n  int b;")
    }
}
