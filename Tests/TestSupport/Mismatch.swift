import Torch

/// How two tensors differ, or nothing where they agree.
///
/// They agree when shapes are equal and no element is farther off than the tolerance times the
/// largest expected size, or times 1 where that is smaller.
public func mismatch(
    _ actual: Tensor,
    _ expected: Tensor,
    tolerance: Double,
    _ what: String = "tensor"
) -> String? {
    guard actual.shape == expected.shape else {
        return "\(what): expected shape \(expected.shape), found \(actual.shape)"
    }
    return mismatch(
        actual.converted(to: .float64).doubles(),
        expected.converted(to: .float64).doubles(),
        tolerance: tolerance,
        what
    )
}

/// How two lists of numbers differ, or nothing where they agree.
public func mismatch(
    _ actual: [Double],
    _ expected: [Double],
    tolerance: Double,
    _ what: String = "list"
) -> String? {
    guard actual.count == expected.count else {
        return "\(what): expected \(expected.count) numbers, found \(actual.count)"
    }
    let scale = expected.reduce(1) { max($0, abs($1)) }
    // Not a number is never within the allowance.
    let wrong = actual.indices.filter {
        !(abs(actual[$0] - expected[$0]) <= tolerance * scale)
    }
    guard
        let worst = wrong.max(by: {
            abs(actual[$0] - expected[$0]) < abs(actual[$1] - expected[$1])
        })
    else { return nil }
    return "\(what): \(wrong.count) of \(actual.count) are off, most so number \(worst):"
        + " expected \(expected[worst]), found \(actual[worst])"
}
