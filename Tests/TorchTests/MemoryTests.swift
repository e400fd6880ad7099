import Testing
import Torch

/// What happens where the machine refuses memory: a sentence and status 1, whatever libraries are loaded beside.
@Suite struct MemoryTests {
    private func check(_ result: ExitTest.Result?) throws {
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("Error: there is not enough memory"), "\(said)")
        #expect(!said.contains("Fatal") && !said.contains("enforce fail"), "\(said)")
    }

    @Test func operators() async throws {
        try check(
            await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
                _ = Tensor.zeros([1 << 20, 1 << 25])
            }
        )
    }

    @Test func randomNumbers() async throws {
        try check(
            await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
                _ = Tensor.normal([1 << 20, 1 << 25], using: RandomSource(seed: 1))
            }
        )
    }

    @Test func derivatives() async throws {
        try check(
            await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
                // What is selected has derivatives of the whole, which is never there.
                let small = Tensor.ones([1]).requiringGradient()
                let wide = small.expanded([1 << 45])
                _ = gradients(of: wide.selected(0), for: [small])
            }
        )
    }
}
