import Foundation

extension EventWriter {
    /// How a session ended.
    public enum SessionEnd: Sendable {
        /// As it should.
        case success
        /// With an error.
        case failure
    }

    /// Adds the settings of the run, which make it a row in TensorBoard's table of runs.
    ///
    /// - Parameters:
    ///   - values: Settings by name.
    ///   - metrics: Tags of the scalars that become columns of the table.
    ///   - group: Name that repetitions of one experiment share; the run's name otherwise.
    public func hyperparameters(
        _ values: [String: HyperparameterValue],
        metrics: [String],
        group: String
    ) {
        let now = clock()
        var experiment = BoardHyperparameters()
        experiment.experiment.created = now
        experiment.experiment.hyperparameters = values.sorted { $0.key < $1.key }.map {
            var info = BoardHyperparameterInfo()
            info.name = $0.key
            info.kind = $0.value.kind
            return info
        }
        experiment.experiment.metrics = metrics.map {
            var info = BoardMetricInfo()
            info.name.tag = $0
            return info
        }
        var start = BoardHyperparameters()
        start.start.values = values.mapValues(\.message)
        start.start.group = group
        start.start.started = now
        append("experiment", experiment)
        append("session_start_info", start)
    }

    /// Adds how the run ended.
    public func endSession(_ end: SessionEnd) {
        var message = BoardHyperparameters()
        message.end.status = end == .success ? .success : .failure
        message.end.ended = clock()
        append("session_end_info", message)
    }

    /// The messages travel in the metadata; the value itself is empty.
    private func append(_ name: String, _ message: BoardHyperparameters) {
        var value = BoardValue()
        value.tensor.elementType = .float
        value.tensor.shape = shape(0)
        let content = metadata("hparams", .tensor, content: serialized(message))
        append([("_hparams_/" + name, value, content)], step: nil)
    }
}

extension HyperparameterValue {
    fileprivate var kind: BoardHyperparameterInfo.Kind {
        switch self {
        case .number: .float64
        case .text: .string
        case .flag: .bool
        }
    }

    fileprivate var message: BoardHyperparameterValue {
        var message = BoardHyperparameterValue()
        switch self {
        case .number(let number): message.number = number
        case .text(let text): message.text = text
        case .flag(let flag): message.flag = flag
        }
        return message
    }
}
