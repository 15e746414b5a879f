using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Gateway.Logs;

/// <summary>How log lines are taken in, whatever protocol they come by.</summary>
public sealed class LogsOptions
{
    /// <summary>Requests with lines that are read at the same time, for each address; more are refused with 429.</summary>
    [Range(1, 1_000)]
    public int Requests { get; set; } = 32;

    /// <summary>Lines of one request; one with more is refused with 413.</summary>
    [Range(1, 1_000_000)]
    public int LinesPerRequest { get; set; } = 100_000;

    /// <summary>Characters of a line; a longer one is cut, says so at its end, and is counted.</summary>
    [Range(256, 200_000)]
    public int LongestLine { get; set; } = 65_536;

    /// <summary>Labels of a line, those of its integration besides; further ones become fields.</summary>
    [Range(1, 64)]
    public int LabelsPerLine { get; set; } = 16;

    /// <summary>Fields of a line; further ones are left out, which the field <c>left_out</c> counts.</summary>
    [Range(1, 1_000)]
    public int FieldsPerLine { get; set; } = 64;

    /// <summary>Characters of a field's value; a longer one is cut and says so at its end.</summary>
    [Range(64, 100_000)]
    public int LongestField { get; set; } = 8_192;

    /// <summary>
    /// A line of more than so long in the future is given the time at which it came, and keeps its own as the field <c>said_time</c>.
    /// </summary>
    [Duration("00:01:00", "365.00:00:00")]
    public TimeSpan MostAhead { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Further fields of JSON records that become labels: the field's name, with dots, to the label's. Usual names of host, service, app, environment
    /// and the like are labels anyway.
    /// </summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>The version that is told to shippers which ask an Elasticsearch for it at their start.</summary>
    [Required, RegularExpression(@"\d{1,2}\.\d{1,3}\.\d{1,3}")]
    public string ElasticsearchVersion { get; set; } = "8.19.0";

    /// <summary><c>_id</c>s of bulk requests that are remembered for each integration, so that a repeated one is known.</summary>
    [Range(0, 10_000_000)]
    public int RememberedIds { get; set; } = 100_000;
}
