using Microsoft.Extensions.Options;
using Sigma.Cli.Settings;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Hosting.Settings;
using Sigma.Notifier;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Doctor;

/// <summary>Every setting of every service, checked as at its start; and what only shows when they are looked at together.</summary>
internal sealed class SettingsDoctorCheck(CliSettings settings, ConfiguredServices services) : IDoctorCheck
{
    const string Settings = "settings", Names = "Write the name as .env.example does.";

    // Sections of the framework's and of the simulator's, which are in the same file.
    static readonly string[] Others = ["Logging", "Kestrel", "Simulator"];

    public IReadOnlyList<string> CheckNames => [Settings];

    public Task Run(Findings findings, CancellationToken ct)
    {
        var wrong = services.Sections.SelectMany(Failures).Distinct().ToList();
        foreach (var failure in wrong)
            findings.Wrong(Settings, failure, failure.Contains("unknown setting", StringComparison.Ordinal)
                ? Names : "Mend it and restart the service: it does not start with this.");
        var lost = LostSections().ToList();
        foreach (var section in lost)
            findings.Wrong(Settings, $"{section}__… is a section that no service has, so nobody reads it", Names);
        var contradictions = wrong.Count > 0
            ? []
            : SettingsTogether.Look(services.Settings<FetcherOptions>(), services.Settings<EvaluatorOptions>(), services.Settings<NotifierOptions>(),
            IntegrationQuery.All(settings.Configuration), RouteQuery.Of(settings.Configuration).Reached).ToList();
        foreach (var (detail, advice) in contradictions)
            findings.Wrong(Settings, detail, advice);
        if (wrong.Count + lost.Count + contradictions.Count == 0)
            findings.Ok(Settings,
                $"of fetcher, evaluator and notifier, from the environment{(settings.File is { } file ? $" and {file.FullName}" : "")}");
        return Task.CompletedTask;
    }

    IEnumerable<string> Failures(ISettingsSection section)
    {
        try
        {
            services.Read(section);
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
        catch (Exception e) when (SettingsError.From(e) is { } line)
        {
            return [line.StartsWith("unknown setting", StringComparison.Ordinal) ? $"{section.Section}: {line}" : line];
        }
    }

    /// <summary>
    /// Sections nobody knows: all of the file's; of the environment, where others have variables too, those that look like one of ours misspelt.
    /// </summary>
    IEnumerable<string> LostSections()
    {
        var known = services.Sections.Select(s => s.Section.Split(':')[0]).Concat(Others).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var inFile = settings.InFile.Where(name => name.Contains(':')).Select(name => name.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return settings.Configuration.GetChildren().Where(section => section.GetChildren().Any()).Select(section => section.Key)
            .Where(name => !known.Contains(name)
                && (inFile.Contains(name) || known.Any(ours => AreAlike(ours.ToLowerInvariant(), name.ToLowerInvariant()))));
    }

    /// <summary>Whether two letters more, less or changed make one of the other.</summary>
    internal static bool AreAlike(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int changes = 2)
    {
        var same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        if (a.Length == 0 || b.Length == 0)
            return a.Length + b.Length <= changes;
        return changes > 0 && (AreAlike(a[1..], b, changes - 1) || AreAlike(a, b[1..], changes - 1) || AreAlike(a[1..], b[1..], changes - 1));
    }
}
