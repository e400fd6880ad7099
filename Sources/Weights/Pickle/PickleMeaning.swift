import Foundation

/// What names in pickles mean here: a few have a meaning, those that could do harm are refused, all others are
/// only names.
enum PickleMeaning {
    /// A name, unless it is of a module that no file of weights has a use for.
    ///
    /// - Throws: `WeightsError` that names it.
    static func checked(_ module: String, _ name: String) throws(WeightsError) -> PickleName {
        let found = PickleName(module: module, name: name)
        let first = module.prefix { $0 != "." }
        let isBuiltin = module == "builtins" || module == "__builtin__"
        if harmfulModules.contains(String(first)) || (isBuiltin && harmfulNames.contains(name)) {
            throw WeightsError(.unsafe, "it would call \(found), which no file of weights needs")
        }
        if module.hasPrefix("dnnlib.tflib") {
            throw WeightsError(
                .unknown,
                "it has a network of TensorFlow (\(found)); one of PyTorch is expected",
                cure: "Convert it first with legacy.py of stylegan2-ada-pytorch."
            )
        }
        return found
    }

    /// Ways to the system, to other programs, to code: in no file of weights.
    private static let harmfulModules: Set<String> = [
        "os", "nt", "posix", "sys", "subprocess", "socket", "shutil", "pty", "signal", "runpy",
        "importlib", "imp", "pickle", "_pickle", "cPickle", "ctypes", "code", "codeop", "commands",
        "webbrowser", "pip", "site", "timeit", "trace", "bdb", "pdb", "profile", "cProfile",
        "threading", "multiprocessing", "asyncio", "http", "urllib", "requests", "httplib",
        "ftplib",
        "smtplib", "telnetlib", "ssl", "tempfile", "pathlib", "io", "_io", "marshal", "types",
        "inspect", "gc", "operator", "_operator", "functools", "atexit", "platform", "aiohttp",
        "zipimport", "pkgutil", "pydoc", "doctest", "venv", "ensurepip", "distutils", "setuptools",
        "idlelib", "test", "unittest", "linecache", "fileinput", "glob",
    ]

    /// Functions of the language itself that lead to code or files.
    private static let harmfulNames: Set<String> = [
        "eval", "exec", "execfile", "compile", "open", "file", "input", "raw_input", "getattr",
        "setattr", "delattr", "globals", "locals", "vars", "dir", "apply", "reload", "breakpoint",
        "__import__", "map", "filter", "reduce", "type", "super", "memoryview", "exit", "quit",
    ]

    /// What a call would give.
    ///
    /// - Parameters:
    ///   - name: What would be called.
    ///   - arguments: With what.
    ///   - keeper: Keeps what is made.
    ///   - limits: The most that may be asked for.
    ///   - nesting: How many pickles this one lies in.
    /// - Returns: A value for the few names that have a meaning; a record for all others.
    /// - Throws: `WeightsError` where a call lacks what it needs.
    static func call(
        _ name: PickleName,
        _ arguments: [PickleValue],
        _ keeper: PickleKeeper,
        limits: PickleLimits,
        nesting: Int
    ) throws(WeightsError) -> PickleValue {
        switch name.description {
        case "collections.OrderedDict", "dnnlib.util.EasyDict", "builtins.dict", "__builtin__.dict":
            let dictionary = keeper.dictionary()
            for pair in arguments.first?.items ?? [] {
                if let parts = pair.items, parts.count == 2 { dictionary.set(parts[0], parts[1]) }
            }
            return .dictionary(dictionary)
        case "collections.defaultdict", "collections.Counter":
            return .dictionary(keeper.dictionary())
        case "builtins.set", "builtins.frozenset", "__builtin__.set", "__builtin__.frozenset",
            "builtins.list", "__builtin__.list", "torch.Size":
            return .list(keeper.list(arguments.first?.items ?? []))
        case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor",
            "torch._utils._rebuild_tensor_v3":
            return .tensor(try tensor(arguments, isTyped: name.name.hasSuffix("v3")))
        case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
            "torch.nn.parameter.Parameter", "torch.jit._pickle.build_intlist",
            "torch.jit._pickle.build_doublelist", "torch.jit._pickle.build_boollist",
            "torch.jit._pickle.build_tensorlist", "torch.jit._pickle.restore_type_tag":
            guard let first = arguments.first else { throw missing(name) }
            return first
        case "torch.storage._load_from_bytes":
            guard case .bytes(let data)? = arguments.first else { throw missing(name) }
            let inner = try LegacyTorchFile(data, limits: limits, nesting: nesting + 1)
            keeper.inner.append(inner.pickle)
            // Kept with this pickle.
            return inner.pickle.with { $0 }
        case "_codecs.encode":
            guard let text = arguments.first?.text else { throw missing(name) }
            return .bytes(
                Data(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
            )
        case "torch_utils.persistence._reconstruct_persistent_obj":
            // An object with its source code and its state; the code is data as all else.
            guard let record = arguments.first?.dictionary, let kind = record["class_name"]?.text
            else { throw missing(name) }
            let object = keeper.object(PickleName(module: "persistent", name: kind), [])
            object.state = record["state"] ?? .none
            return .object(object)
        default: return .object(keeper.object(name, arguments))
        }
    }

    private static func missing(_ name: PickleName) -> WeightsError {
        WeightsError(.damaged, "\(name) is called without what it needs")
    }

    private static func tensor(
        _ arguments: [PickleValue],
        isTyped: Bool
    ) throws(WeightsError) -> PickledTensor {
        guard arguments.count >= 4, case .storage(let view) = arguments[0],
            let offset = arguments[1].int, let shape = arguments[2].items?.map(\.int),
            let strides = arguments[3].items?.map(\.int),
            shape.allSatisfy({ $0 != nil }), strides.allSatisfy({ $0 != nil })
        else {
            throw WeightsError(.damaged, "a tensor is put together from other things than numbers")
        }
        var type: NumberType?
        if isTyped, arguments.count > 6, case .name(let name) = arguments[6] {
            type = NumberType(type: name)
        }
        return try PickledTensor(
            view,
            type: type,
            offset: offset,
            shape: shape.compactMap { $0 },
            strides: strides.compactMap { $0 }
        )
    }
}
