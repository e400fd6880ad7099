extension ModelFamily {
    /// Families of a generator and a discriminator, in alphabetical order.
    public static let adversarial = [
        ModelFamily(DCGAN.self),
        ModelFamily(MLPGAN.self),
        ModelFamily(ProGAN.self),
        ModelFamily(R3GAN.self),
        ModelFamily(ResNetGAN.self),
        ModelFamily(StyleGAN2.self),
        ModelFamily(StyleGAN3.self),
    ]
}

extension OfficialFamily {
    /// Families whose networks other programs train, too.
    static let all = [OfficialFamily.styleGAN2, .styleGAN3, .r3gan]
}
