import Runs
import Settings

/// What StyleGAN3's own program was told when it made a generator.
struct StyleGAN3Arguments {
    private let all: SettingValue

    private static let known: Set<String> = [
        "z_dim", "c_dim", "w_dim", "img_resolution", "img_channels", "mapping_kwargs",
        "channel_base",
        "channel_max", "num_layers", "num_critical", "first_cutoff", "first_stopband",
        "last_stopband_rel", "margin_size", "output_scale", "num_fp16_res", "conv_kernel",
        "filter_size", "lrelu_upsampling", "use_radial_filters", "conv_clamp", "magnitude_ema_beta",
    ]
    private static let knownOfMapping: Set<String> = ["num_layers", "lr_multiplier", "w_avg_beta"]

    /// Arguments by name.
    init(_ arguments: [String: SettingValue]) { all = .section(arguments) }

    /// The settings and pictures that they mean, where a network can be built of them.
    ///
    /// - Throws: `OfficialWeightsError` for arguments that are missing, unknown, of another kind or out of range.
    func checked() throws(OfficialWeightsError) -> (StyleGAN3.Settings, ImageSpec) {
        let (settings, spec) = try found()
        if let problem = (settings.problems + StyleGAN3.problems(settings, for: spec)).first {
            throw OfficialWeightsError(
                "the network cannot be built here: \(problem.path.joined(separator: ".")): expected"
                    + " \(problem.expected), found \(problem.found)"
            )
        }
        return (settings, spec)
    }

    private func found() throws(OfficialWeightsError) -> (StyleGAN3.Settings, ImageSpec) {
        try check(all, Self.known, "")
        let mapping = all["mapping_kwargs"] ?? .section([:])
        try check(mapping, Self.knownOfMapping, "mapping_kwargs.")
        guard let side = try whole(["img_resolution"]), let channels = try whole(["img_channels"])
        else {
            throw OfficialWeightsError(
                "the arguments of a StyleGAN3 lack img_resolution or img_channels: such a network cannot be built"
            )
        }
        guard (1...4).contains(channels) else {
            throw wrong("img_channels", "\(channels)", "1 to 4")
        }
        var settings = StyleGAN3.Settings()
        func take(
            _ target: WritableKeyPath<StyleGAN3.Settings, Int>,
            _ keys: String...
        ) throws(OfficialWeightsError) {
            if let found = try whole(keys) { settings[keyPath: target] = found }
        }
        func take(
            _ target: WritableKeyPath<StyleGAN3.Settings, Double>,
            _ keys: String...
        ) throws(OfficialWeightsError) {
            if let found = try number(keys) { settings[keyPath: target] = found }
        }
        try take(\.latent, "z_dim")
        try take(\.style, "w_dim")
        try take(\.mappingLayers, "mapping_kwargs", "num_layers")
        try take(\.styleDecay, "mapping_kwargs", "w_avg_beta")
        try take(\.channelBase, "channel_base")
        try take(\.channelMax, "channel_max")
        try take(\.layers, "num_layers")
        try take(\.critical, "num_critical")
        try take(\.firstCutoff, "first_cutoff")
        try take(\.firstStopband, "first_stopband")
        try take(\.lastStopband, "last_stopband_rel")
        try take(\.margin, "margin_size")
        try take(\.outputScale, "output_scale")
        try take(\.kernel, "conv_kernel")
        try take(\.filterSize, "filter_size")
        try take(\.upsampling, "lrelu_upsampling")
        try take(\.clamp, "conv_clamp")
        try take(\.magnitudeDecay, "magnitude_ema_beta")
        if case .nothing? = all["conv_clamp"] {
            settings.clamp = 0
        } else if settings.clamp <= 0 {
            throw wrong("conv_clamp", "\(settings.clamp)", "a number above 0, or none")
        }
        switch all["use_radial_filters"] {
        case .flag(let flag)?: settings.radial = flag
        case nil: break
        case let other?: throw wrong("use_radial_filters", other.summary, "true or false")
        }
        if let rate = try number(["mapping_kwargs", "lr_multiplier"]), rate != 0.01 {
            throw wrong("mapping_kwargs.lr_multiplier", "\(rate)", "0.01")
        }
        let spec = ImageSpec(
            height: side,
            width: side,
            channels: channels,
            labels: try whole(["c_dim"]) ?? 0
        )
        return (settings, spec)
    }

    private func check(
        _ value: SettingValue,
        _ known: Set<String>,
        _ place: String
    ) throws(OfficialWeightsError) {
        guard case .section(let entries) = value else {
            throw wrong("mapping_kwargs", value.summary, "arguments by name")
        }
        if let name = entries.keys.filter({ !known.contains($0) }).min() {
            throw OfficialWeightsError(
                "the argument \(place)\(name.prefix(60)) is not known: expected those of NVIDIA's StyleGAN3."
                    + " A changed program has other networks."
            )
        }
    }

    private func value(_ keys: [String]) -> SettingValue? {
        keys.reduce(all as SettingValue?) { $0?[$1] }
    }

    private func number(_ keys: [String]) throws(OfficialWeightsError) -> Double? {
        switch value(keys) {
        case nil, .nothing?: return nil
        case .number(let number)? where number.isFinite: return number
        case let other?: throw wrong(keys.joined(separator: "."), other.summary, "a number")
        }
    }

    private func whole(_ keys: [String]) throws(OfficialWeightsError) -> Int? {
        guard let found = try number(keys) else { return nil }
        return try OfficialWeights.Original.whole(.number(found), keys.joined(separator: "."))
    }

    private func wrong(
        _ name: String,
        _ found: String,
        _ expected: String
    ) -> OfficialWeightsError {
        OfficialWeightsError("the argument \(name) is \(found.prefix(60)): expected \(expected)")
    }
}
