using Sigma.Fetcher.Sources.Probes.BuiltIn;
using Sigma.Fetcher.Sources.Probes.Plugins;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes;

/// <summary>The probes there are: those of the service, and those of the plug-ins in a folder.</summary>
internal sealed class ProbeCatalogue(IServiceProvider services, ILogger<ProbeCatalogue> log)
{
    static readonly Type[] BuiltIn =
        [typeof(HttpProbe), typeof(TcpProbe), typeof(JsonNumberProbe), typeof(HostProbe), typeof(SqlProbe), typeof(PrefectRunProbe)];

    readonly Lock _lock = new();
    readonly Dictionary<string, Type> _probes = new(StringComparer.OrdinalIgnoreCase);
    readonly List<ProbeKind> _kinds = [];
    string? _folder;

    /// <summary>What is wrong with the plug-ins; nothing of it keeps the service from starting.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>All there are.</summary>
    public IReadOnlyList<ProbeKind> Kinds => _kinds;

    /// <summary>Reads the folder, the first time it is named.</summary>
    public void Load(string folder)
    {
        lock (_lock)
        {
            if (_folder == folder)
                return;
            _folder = folder;
            foreach (var type in BuiltIn)
                Add(type, "the fetcher");
            var plugins = PluginFolder.Read(folder);
            List<string> faults = [.. plugins.Faults];
            foreach (var (type, file) in plugins.Probes)
                if (Add(type, file) is { } fault)
                    faults.Add(fault);
            Faults = faults;
            foreach (var fault in faults)
                log.LogError("A plug-in cannot be used: {Reason}", fault);
            foreach (var kind in _kinds.Where(kind => plugins.Probes.Any(plugin => plugin.File == kind.From)))
                log.LogInformation("{File} has the probe {Probe}", kind.From, kind.Name);
        }
    }

    /// <summary>A probe of its own for a check; null when there is none of that name.</summary>
    public IProbe? Create(string name) =>
        _probes.TryGetValue(name, out var type) ? (IProbe)ActivatorUtilities.CreateInstance(services, type) : null;

    string? Add(Type type, string from)
    {
        try
        {
            var probe = (IProbe)ActivatorUtilities.CreateInstance(services, type);
            using var disposable = probe as IDisposable;
            if (probe.Name is not { Length: > 0 and <= 40 } name || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                return $"{from}: {type.Name} has the name {probe.Name}, which is not 1 to 40 lower case letters, digits and hyphens";
            if (!_probes.TryAdd(name, type))
                return $"{from}: {type.Name} has the name {name}, which another probe has";
            _kinds.Add(new(name, probe.Description, from, probe.NewParameters().GetType()));
            return null;
        }
        catch (Exception e)
        {
            return $"{from}: {type.Name} cannot be made: {e.Message}";
        }
    }
}

/// <summary>A probe that there is.</summary>
internal sealed record ProbeKind(string Name, string Description, string From, Type Parameters);
