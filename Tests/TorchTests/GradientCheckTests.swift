import TestSupport
import Testing
import Torch

/// The check of derivatives finds those that are wrong.
@Suite struct GradientCheckTests {
    let point = Tensor([0.5, -1.25, 2.0])

    @Test func acceptsRightDerivatives() {
        #expect(GradientCheck().mismatch(at: [point]) { $0[0] * $0[0] * $0[0] } == nil)
    }

    @Test func findsWrongFirstDerivative() throws {
        let found = GradientCheck().mismatch(at: [point]) { $0[0] * $0[0].detached() }
        #expect(try #require(found).hasPrefix("first derivative for input 0"))
    }

    @Test func findsWrongSecondDerivative() throws {
        // The first derivative, 2x, is right; but it is held fixed, so its own derivative is lost.
        let found = GradientCheck().mismatch(at: [point]) { points in
            let (x, fixed) = (points[0], points[0].detached())
            return 2.0 * x * fixed - fixed * fixed
        }
        #expect(try #require(found).hasPrefix("second derivative"))
    }

    @Test func findsWrongDerivativeOfSecondInput() throws {
        let found = GradientCheck().mismatch(at: [point, point]) { $0[0] * $0[1].detached() }
        #expect(try #require(found).hasPrefix("first derivative for input 1"))
    }
}
