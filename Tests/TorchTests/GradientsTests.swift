import Testing
import Torch

@Suite struct GradientsTests {
    @Test func gradientOfSquare() {
        let x = Tensor([1.0, 2.0, 3.0] as [Double]).requiringGradient()
        let y = (x * x).sum()
        #expect(gradients(of: y, for: [x])[0].doubles() == [2, 4, 6])
    }
}
