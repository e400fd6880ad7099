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
    var settles: Bool { get }
}

extension JudgedSettings {
    /// None.
    public var text: TextSettings { TextSettings() }
    /// No.
    public static var drawsPieces: Bool { false }
    /// No.
    public var settles: Bool { false }

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
        traits.replays = traits.texts != nil && settings.settles
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
        for subject: Subject,
        using streams: NetworkStreams
    ) -> any Discriminator {
        DCGAN.discriminator(settings.judging, for: subject, using: streams)
    }
}
