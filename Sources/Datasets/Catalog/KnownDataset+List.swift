extension KnownDataset {
    private static let idxNames = [
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
    ]

    /// The sets that can be fetched.
    public static let all = [mnist, fashionMNIST, kmnist, cifar10, cifar100]

    /// A set by its name; nil for those that are not fetched.
    public init?(_ name: DatasetName) {
        guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    private static let mnist = KnownDataset(
        name: .mnist,
        files: idxFiles(
            [
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
            ],
            [
                "6bbc9ace898e44ae57da46a324031adb", "a25bea736e30d166cdddb491f175f624",
                "2646ac647ad5339dbf082846283269ea", "27ae3e4e09519cfbb04c329615203637",
            ],
            .unpacked
        ),
        licence: "Y. LeCun, C. Cortes, C. Burges; CC BY-SA 3.0"
    )

    private static let fashionMNIST = KnownDataset(
        name: .fashionMNIST,
        files: idxFiles(
            ["https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"],
            [
                "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe",
                "bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310",
            ],
            .packed
        ),
        licence: "Zalando SE; MIT"
    )

    private static let kmnist = KnownDataset(
        name: .kmnist,
        files: idxFiles(
            ["https://codh.rois.ac.jp/kmnist/dataset/kmnist/"],
            [
                "bdb82020997e1d708af4cf47b453dcf7", "e144d726b3acfaa3e44228e80efcd344",
                "5c965bf0a639b31b8f53240b1b52f4d7", "7320c461ea6c1c855c0b718fb2a4b134",
            ],
            .packed
        ),
        licence: "CODH, created from the Kuzushiji dataset; CC BY-SA 4.0"
    )

    private static let cifar10 = KnownDataset(
        name: .cifar10,
        files: [
            File(
                name: "cifar-10-binary.tar.gz",
                addresses: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"],
                digest: .md5("c32a1d4ab5d03f1284b67883e8d87530")
            )
        ],
        licence: "A. Krizhevsky, V. Nair, G. Hinton; no licence stated, cite the report of 2009"
    )

    private static let cifar100 = KnownDataset(
        name: .cifar100,
        files: [
            File(
                name: "cifar-100-binary.tar.gz",
                addresses: ["https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"],
                digest: .md5("03b5dce01913d631647c71ecec9e9cb8")
            )
        ],
        licence: "A. Krizhevsky, V. Nair, G. Hinton; no licence stated, cite the report of 2009"
    )

    private static func idxFiles(
        _ folders: [String],
        _ digests: [String],
        _ scope: File.Scope
    ) -> [File] {
        zip(idxNames, digests).map { name, digest in
            File(
                name: name,
                addresses: folders.map { $0 + name },
                digest: .md5(digest),
                scope: scope
            )
        }
    }
}
