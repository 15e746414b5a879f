using Microsoft.Extensions.Options;
using Sigma.Fetcher.Sources.Schedule;
using Sigma.Hosting.Settings;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes;

/// <summary>Makes the checks that the settings name, and says what is wrong with their parameters.</summary>
internal sealed class CheckReader(ProbeCatalogue catalogue, IConfiguration configuration) : IValidateOptions<FetcherOptions>
{
    const string Section = "Fetcher:Probes:Checks";

    public ValidateOptionsResult Validate(string? name, FetcherOptions options)
    {
        if (options.Probes.Checks.Count == 0)
            return ValidateOptionsResult.Success;
        List<string> failures = [];
        foreach (var (index, check) in options.Probes.Checks.Index())
            if (check.Probe.Length > 0)
                Make(options, check, index, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>The checks of settings that were found right.</summary>
    public IEnumerable<ProbeSource> All(FetcherOptions options) =>
        options.Probes.Checks.Index().Select(check => Make(options, check.Item, check.Index, [])).OfType<ProbeSource>();

    ProbeSource? Make(FetcherOptions options, CheckOptions check, int index, List<string> failures)
    {
        catalogue.Load(options.Probes.Folder);
        var key = $"{Section}:{index}".Replace(":", "__");
        if (catalogue.Create(check.Probe) is not { } probe)
        {
            // One of a plug-in that cannot be loaded fails by itself, and keeps nobody from starting.
            if (catalogue.Faults.Count > 0)
                return Source(options, check, new MissingProbe(check.Probe, catalogue.Faults), new object());
            failures.Add($"{key}__Probe is {check.Probe}, which is none of {string.Join(", ", catalogue.Kinds.Select(kind => kind.Name))}");
            return null;
        }
        try
        {
            var parameters = probe.NewParameters();
            SettingsReader.Add(parameters, configuration, $"{Section}:{index}:Parameters");
            var wrong = SettingsReader.Failures(parameters, $"{Section}:{index}:Parameters");
            failures.AddRange(wrong);
            return wrong.Count == 0 && Turn(options, check) is { } ? Source(options, check, probe, parameters) : null;
        }
        catch (InvalidOperationException e) when (SettingsError.From(e) is { } line)
        {
            failures.Add(line.StartsWith("unknown", StringComparison.Ordinal) ? $"{key}__Parameters has an {line}" : line);
            return null;
        }
    }

    static ProbeSource Source(FetcherOptions options, CheckOptions check, IProbe probe, object parameters) => new(check, probe, parameters, new()
    {
        Name = check.Name, Kind = "probe", Type = probe.Name, About = probe.Description, Turns = Turn(options, check) ?? Turns.At(check.Every),
        Timeout = check.Timeout, Labels = new Dictionary<string, string>(check.Labels) { ["check"] = check.Name },
        Failure = $"The check {check.Name} fails", FailureSeverity = check.Severity, TellFailureAfterRuns = check.After,
    });

    // Null when what is wrong with it is said elsewhere.
    static Turns? Turn(FetcherOptions options, CheckOptions check)
    {
        if (check.Cron.Length == 0)
            return Turns.At(check.Every);
        return CronText.Read(check.Cron) is not null && TimeZoneInfo.TryFindSystemTimeZoneById(options.Probes.TimeZone, out var zone)
            ? Turns.By(check.Cron, zone) : null;
    }
}

/// <summary>The checks as sources.</summary>
internal sealed class CheckSources(IOptions<FetcherOptions> options, CheckReader reader) : ISourceReader
{
    public IEnumerable<IPolledSource> Read() => reader.All(options.Value);
}

/// <summary>In the place of a probe whose plug-in cannot be loaded.</summary>
internal sealed class MissingProbe(string name, IReadOnlyList<string> faults) : IProbe
{
    public string Name => name;

    public string Description => "a probe that is not there";

    public object NewParameters() => new();

    public Task<ProbeAnswer> Check(object parameters, CancellationToken ct) =>
        throw new InvalidDataException($"there is no probe {name}; {string.Join("; ", faults)}");
}
