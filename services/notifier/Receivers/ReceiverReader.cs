using Sigma.Hosting.Settings;
using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Receivers;

/// <summary>Reads receivers one after the other, and gathers what is wrong with them.</summary>
internal sealed class ReceiverReader(IConfiguration configuration)
{
    readonly List<string> _failures = [];
    readonly Dictionary<string, string> _receivers = new(StringComparer.OrdinalIgnoreCase), _integrations = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Each names its key.</summary>
    public IReadOnlyList<string> Failures => _failures;

    public Receiver Read(IConfigurationSection section)
    {
        var name = ValueTrimming.Trim(section[nameof(ReceiverOptions.Name)] ?? "");
        Check(new ReceiverOptions { Name = name }, section.Path);
        CheckTwins(_receivers, name, section.Path);
        var integrations = section.GetSection(nameof(ReceiverOptions.Integrations)).GetChildren().ToList();
        if (integrations.Count == 0)
            _failures.Add($"{Key(section.Path)}__{nameof(ReceiverOptions.Integrations)} is required: a receiver without any would tell nobody");
        return new(name, [.. integrations.Select(each => ReadIntegration(name, each)).OfType<Integration>()]);
    }

    Integration? ReadIntegration(string receiver, IConfigurationSection section)
    {
        IntegrationOptions common = new()
        {
            Name = ValueTrimming.Trim(section[nameof(IntegrationOptions.Name)] ?? ""),
            Type = ValueTrimming.Trim(section[nameof(IntegrationOptions.Type)] ?? ""),
        };
        Check(common, section.Path);
        CheckTwins(_integrations, common.Name, section.Path);
        if (common.Type.Length == 0)
            return null;
        if (ChannelTypes.All.FirstOrDefault(type => type.Name.Equals(common.Type, StringComparison.OrdinalIgnoreCase)) is not { } type)
        {
            _failures.Add($"{Key(section.Path)}__{nameof(IntegrationOptions.Type)} is {common.Type}, which is none of {string.Join(", ",
                ChannelTypes.Names)}");
            return null;
        }
        try
        {
            var settings = type.NewSettings(configuration);
            SettingsReader.Add(settings, configuration, section.Path, nameof(IntegrationOptions.Name), nameof(IntegrationOptions.Type));
            Check(settings, section.Path);
            return new(receiver, common.Name, type, Key(section.Path), settings);
        }
        catch (InvalidOperationException e) when (SettingsError.From(e) is { } line)
        {
            _failures.Add(line.StartsWith("unknown", StringComparison.Ordinal) ? $"{Key(section.Path)} has an {line}" : line);
            return null;
        }
    }

    void Check(object options, string path) => _failures.AddRange(SettingsReader.Failures(options, path));

    void CheckTwins(Dictionary<string, string> others, string name, string path)
    {
        if (name.Length > 0 && !others.TryAdd(name, path))
            _failures.Add($"{Key(path)}__Name is {name}, which {Key(others[name])} has already");
    }

    static string Key(string path) => path.Replace(":", "__");
}
