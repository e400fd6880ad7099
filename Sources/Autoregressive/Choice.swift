import Torch

extension Tensor {
    /// One of the classes for each row, as often as its logit says: the one up to which the chances
    /// first exceed the given number.
    ///
    /// Shape: N×classes (…) and N even numbers from 0 to 1 → N (…).
    func choice(by chances: Tensor) -> Tensor {
        let sums = converted(to: .float32).softmax(along: 1).cumulativeSum(along: 1)
        // Rounded sums may miss one by little; no class beyond the last possible one is chosen.
        let total = sums.sliced(size(1) - 1..<size(1), along: 1)
        let limit = chances.clamped(from: 0, to: 1 - 1e-6)
            .reshaped([size(0)] + [Int](repeating: 1, count: rank - 1))
        return (sums .<= total * limit).converted(to: .int64).sum(over: [1])
    }
}
