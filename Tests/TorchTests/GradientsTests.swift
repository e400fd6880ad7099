import Testing
import Torch

@Suite struct GradientsTests {
    @Test func gradientOfSquare() {
        let x = Tensor([1.0, 2.0, 3.0] as [Double]).requiringGradient()
        let y = (x * x).sum()
        #expect(gradients(of: y, for: [x])[0].doubles() == [2, 4, 6])
    }

    @Test func derivativeThatIsZeroEverywhereHasElements() {
        // libtorch gives the second derivative of |x| as a tensor without memory.
        let x = Tensor([1.0, -2.0]).requiringGradient()
        let slope = gradients(of: x.absolute().sum(), for: [x], createsGraph: true)[0]
        #expect(gradients(of: (slope * slope).sum(), for: [x])[0].doubles() == [0, 0])
    }
}
