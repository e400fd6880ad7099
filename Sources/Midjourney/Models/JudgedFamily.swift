import Adversarial
import Runs
import Settings

/// Settings of the discriminator that judges such systems' pictures.
public typealias JudgeSettings = DCGAN.JudgingSettings

/// Settings of a system whose pictures a convolutional discriminator judges.
public protocol JudgedSettings: PartSettings {
    /// What judges the pictures.
    var discriminator: JudgeSettings { get }
    /// The texts that pictures are asked for with; 0 pieces for none.
    var text: TextSettings { get }
    /// Whether a part of the generator draws piece by piece.
    static var drawsPieces: Bool { get }
    /// Whether one part settles, and another learns on.
    var freezes: Bool { get }
    /// Whether pictures as the codes of another model make them are among what is learned from.
    var learnsFromCodes: Bool { get }
}

extension JudgedSettings {
    /// By default, there are no texts.
    public var text: TextSettings { TextSettings() }
    /// By default, nothing is drawn piece by piece.
    public static var drawsPieces: Bool { false }
    /// By default, all parts learn to the end.
    public var freezes: Bool { false }
    /// By default, no codes are looked at.
    public var learnsFromCodes: Bool { false }

    /// The discriminator's settings among those of its own family.
    var judging: DCGAN.Settings {
        var settings = DCGAN.Settings()
        settings.discriminator = discriminator
        return settings
    }
}

/// A family whose pictures a convolutional discriminator judges.
public protocol JudgedFamily: Family where Settings: JudgedSettings {}

extension JudgedFamily {
    /// What other parts must know.
    public static func traits(_ settings: Settings) -> FamilyTraits {
        var traits = DCGAN.traits(settings.judging)
        traits.generatorHasBatchNorm = false
        traits.drawsPieces = Settings.drawsPieces
        traits.texts = settings.text.pieces > 0 ? settings.text : nil
        traits.learnsFromCodes = settings.learnsFromCodes
        traits.replays = traits.texts != nil && settings.freezes
        return traits
    }

    /// The texts that pictures are asked for with; nil for none, or settings that are wrong.
    static func texts(_ tree: SettingValue) -> TextSettings? {
        let text = (try? SettingCoding.value(Settings.self, of: tree))?.text
        return text.flatMap { $0.pieces > 0 ? $0 : nil }
    }

    /// The network that judges.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        DCGAN.discriminator(settings.judging, for: spec, using: streams)
    }
}
