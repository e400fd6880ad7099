import TestSupport
import Testing
import Torch

/// The comparison of tensors finds what differs.
@Suite struct MismatchTests {
    let expected = Tensor([1.0, -200.0])

    @Test func acceptsWhatIsWithinTheTolerance() {
        #expect(mismatch(Tensor([1.1, -200.0]), expected, tolerance: 1e-3) == nil)
    }

    @Test func findsWhatIsNot() {
        #expect(mismatch(Tensor([1.3, -200.0]), expected, tolerance: 1e-3) != nil)
    }

    @Test func findsAnotherShape() {
        #expect(mismatch(expected.reshaped([2, 1]), expected, tolerance: 1) != nil)
    }

    @Test func findsWhatIsNoNumber() {
        #expect(mismatch(Tensor([Double.nan, -200.0]), expected, tolerance: 1) != nil)
    }
}
