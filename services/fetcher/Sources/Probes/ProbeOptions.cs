using System.ComponentModel.DataAnnotations;
using Sigma.Fetcher.Sources.Schedule;
using Sigma.Hosting.Settings;

namespace Sigma.Fetcher.Sources.Probes;

/// <summary>Section <c>Fetcher:Probes</c>.</summary>
public sealed class ProbeOptions
{
    /// <summary>Folder with plug-ins; a folder that is not there has none.</summary>
    public string Folder { get; set; } = "plugins";

    /// <summary>Time zone of cron expressions.</summary>
    [Required, TimeZoneName]
    public string TimeZone { get; set; } = "America/Sao_Paulo";

    /// <summary>How many runs of a check, a feed or a Prefect server are remembered.</summary>
    [Range(10, 10_000)]
    public int KeepRuns { get; set; } = 200;

    /// <summary>What is looked at.</summary>
    [MaxLength(500, ErrorMessage = "are 500 at most")]
    public IList<CheckOptions> Checks { get; set; } = [];
}

/// <summary>Section <c>Fetcher:Probes:Checks:n</c>: one thing that a probe looks at.</summary>
public sealed class CheckOptions : IValidatableObject
{
    const int MostLabels = 16, LongestLabels = 400;

    /// <summary>Name of the source in all messages: letters, digits, dot, hyphen and underscore.</summary>
    [Required, SourceName]
    public string Name { get; set; } = "";

    /// <summary>Name of the probe: <c>http</c>, <c>tcp</c>, <c>json</c>, <c>host</c>, <c>sql</c>, <c>prefect-run</c>, or a plug-in's.</summary>
    [Required]
    public string Probe { get; set; } = "";

    /// <summary>The probe's own parameters; those that are not named have their defaults.</summary>
    public IConfigurationSection? Parameters { get; set; }

    /// <summary>Labels of all that it reports; names in lower case.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>From the start of a run to the start of the next.</summary>
    [Duration("00:00:00.1", "31.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Instead of <see cref="Every"/>: a cron expression of five fields (minute to day of the week) or six (second first).</summary>
    [CronExpressionText]
    public string Cron { get; set; } = "";

    /// <summary>A run that takes longer is given up, and that is a failure.</summary>
    [Duration("00:00:00.1", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many runs in a row must be bad before that is a condition.</summary>
    [Range(1, 1000)]
    public int After { get; set; } = 2;

    /// <summary>Severity of its conditions: critical, high, medium, low or info.</summary>
    [SeverityWord]
    public string Severity { get; set; } = "high";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Labels.Count > MostLabels || Labels.Sum(label => label.Key.Length + label.Value.Length) > LongestLabels)
            yield return new ValidationResult($"are at most {MostLabels} labels of {LongestLabels} characters in all", [nameof(Labels)]);
        foreach (var name in Labels.Keys.Where(name => name.Any(char.IsUpper) || name is "check" or "probe"))
            yield return new ValidationResult($"has the name {name}: names are in lower case, and check and probe are the fetcher's",
                [nameof(Labels)]);
    }
}
