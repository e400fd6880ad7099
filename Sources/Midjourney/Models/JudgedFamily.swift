import Adversarial
import Runs

/// Settings of a system whose pictures a convolutional discriminator judges.
public protocol JudgedSettings: PartSettings {
    /// What judges the pictures.
    var discriminator: DCGAN.JudgingSettings { get }
}

extension JudgedSettings {
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
        return traits
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
