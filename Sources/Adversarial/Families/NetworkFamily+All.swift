extension NetworkFamily {
    /// All families, in alphabetical order: a new one is a line here.
    public static let all = [
        NetworkFamily(DCGAN.self),
        NetworkFamily(MLPGAN.self),
        NetworkFamily(ProGAN.self),
        NetworkFamily(R3GAN.self),
        NetworkFamily(ResNetGAN.self),
        NetworkFamily(StyleGAN2.self),
    ]

    /// The family of that name.
    public static func named(_ name: String) -> NetworkFamily? { all.first { $0.name == name } }
}
