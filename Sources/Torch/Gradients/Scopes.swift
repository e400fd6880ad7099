import CTorch

/// Runs the body without recording for gradients.
public func withoutGradients<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    try inGradientMode(false, body)
}

/// Runs the body with recording for gradients, also inside `withoutGradients`.
public func withGradients<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    try inGradientMode(true, body)
}

/// Runs the body in libtorch's inference mode: its tensors can never take part in gradients.
public func inInferenceMode<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    let scope = ctorch_begin_inference()
    defer { ctorch_end_inference(scope) }
    return try body()
}

/// Runs the body with the heavy operations in a shorter type, weights staying as they are.
///
/// No type runs the body in full precision. With `cachesWeights` a weight converted once serves
/// the whole body.
public func autocast<Result, Failure: Error>(
    _ dtype: DType?,
    on kind: Device.Kind = .cpu,
    cachesWeights: Bool = true,
    _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    var before = ctorch_autocast()
    require(ctorch_get_autocast(kind.code, &before), "read the autocast mode of \(kind)")
    let during = ctorch_autocast(
        enabled: dtype != nil,
        dtype: dtype?.code ?? before.dtype,
        cache: cachesWeights
    )
    require(ctorch_set_autocast(kind.code, during), "autocast on \(kind)")
    defer { require(ctorch_set_autocast(kind.code, before), "leave autocast on \(kind)") }
    return try body()
}

/// Whether operations on this thread are recorded for gradients.
public var isRecordingGradients: Bool { ctorch_gradient_mode() }

private func inGradientMode<Result, Failure: Error>(
    _ enabled: Bool,
    _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    let before = ctorch_gradient_mode()
    ctorch_set_gradient_mode(enabled)
    defer { ctorch_set_gradient_mode(before) }
    return try body()
}
