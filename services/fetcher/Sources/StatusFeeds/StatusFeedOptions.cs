using System.ComponentModel.DataAnnotations;
using Sigma.Fetcher.Sources.Schedule;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Fetcher.Sources.StatusFeeds;

/// <summary>Section <c>Fetcher:StatusFeeds:n</c>: a provider's page of outages.</summary>
public sealed class StatusFeedOptions : IPlainHttpSetting, IValidatableObject
{
    /// <summary>Name of the source in all messages: letters, digits, dot, hyphen and underscore.</summary>
    [Required, SourceName]
    public string Name { get; set; } = "";

    /// <summary><c>gcp</c>, <c>aws</c>, <c>aws-rss</c>, <c>azure</c>, <c>oci</c> or <c>statuspage</c>.</summary>
    [Required, FeedKind]
    public string Kind { get; set; } = "";

    /// <summary>Address of the feed; empty for the provider's own. Of a Statuspage the page's address will do.</summary>
    [HttpAddress]
    public string Address { get; set; } = "";

    /// <summary>Value of the label <c>provider</c>; empty: the kind's, and of a Statuspage the source's name.</summary>
    [StringLength(64)]
    public string Provider { get; set; } = "";

    /// <summary>From the start of a poll to the start of the next; up to a tenth is added at random.</summary>
    [Duration("00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Limit of a poll with its retries.</summary>
    [Duration("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Services to watch, comma separated, as the feed writes them; empty or <c>*</c> for all. An outage that names none is always told.
    /// </summary>
    public string Services { get; set; } = "";

    /// <summary>
    /// Regions to watch, comma separated, as the label has them; empty or <c>*</c> for all. An outage that names none is always told.
    /// </summary>
    public string Regions { get; set; } = "";

    /// <summary>Severity of an outage of which the feed says none: critical, high, medium, low or info.</summary>
    [SeverityWord]
    public string Severity { get; set; } = "medium";

    /// <summary>Whether maintenance under way is told, as info.</summary>
    public bool Maintenance { get; set; }

    /// <summary>When the feed cannot be read for so long, that is a condition of its own.</summary>
    [Duration("00:00:00", "7.00:00:00")]
    public TimeSpan UnknownAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>An outage that a feed with a history does not list for so long, in polls that could be read, is over.</summary>
    [Duration("01:00:00", "365.00:00:00")]
    public TimeSpan GoneAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>PEM file of authorities that may have signed the server's certificate, besides the system's.</summary>
    [Hosting.Tls.AuthorityFile]
    public string CaFile { get; set; } = "";

    /// <summary>Whether the address may be an http address of another machine.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Time-out, retries and circuit breaker of each call.</summary>
    public ApiResilience Patience { get; set; } = new() { Timeout = TimeSpan.FromSeconds(20), Retries = 2 };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address.Length == 0 && FeedKind.Find(Kind) is { Address.Length: 0 })
            yield return new ValidationResult($"is required: a feed of the kind {Kind} has no address of its own", [nameof(Address)]);
    }
}
