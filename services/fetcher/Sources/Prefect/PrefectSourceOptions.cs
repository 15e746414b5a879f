using System.ComponentModel.DataAnnotations;
using Sigma.Fetcher.Sources.Schedule;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Fetcher.Sources.Prefect;

/// <summary>Section <c>Fetcher:Prefect:n</c>: a Prefect server whose runs of flows are watched.</summary>
public sealed class PrefectSourceOptions : ApiAddress, IValidatableObject
{
    /// <summary>Name of the source in all messages: letters, digits, dot, hyphen and underscore.</summary>
    [Required, SourceName]
    public string Name { get; set; } = "";

    /// <summary>User and password of a server that wants them, as its auth string has them: <c>user:password</c>; never logged.</summary>
    [HeaderValue]
    public string AuthString { get; set; } = "";

    /// <summary>Key of Prefect Cloud; never logged.</summary>
    [HeaderValue]
    public string ApiKey { get; set; } = "";

    /// <summary>Deployments to watch, comma separated, as <c>flow/deployment</c>; empty or <c>*</c> for all.</summary>
    public string Deployments { get; set; } = "";

    /// <summary>From the start of a poll to the start of the next; up to a tenth is added at random.</summary>
    [Duration("00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Limit of a poll with its retries.</summary>
    [Duration("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How far back the first poll looks for the last run of each deployment.</summary>
    [Duration("00:01:00", "90.00:00:00")]
    public TimeSpan FirstLookBack { get; set; } = TimeSpan.FromDays(2);

    /// <summary>A run that has not begun so long after it should have is late.</summary>
    [Duration("00:00:10", "7.00:00:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Severity of a failed run: critical, high, medium, low or info.</summary>
    [SeverityWord]
    public string Severity { get; set; } = "high";

    /// <summary>Severity of a late run.</summary>
    [SeverityWord]
    public string LateSeverity { get; set; } = "medium";

    /// <summary>When Prefect cannot be asked for so long, that is a condition of its own.</summary>
    [Duration("00:00:00", "7.00:00:00")]
    public TimeSpan UnknownAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time-out, retries and circuit breaker of each call.</summary>
    public ApiResilience Patience { get; set; } = new() { Timeout = TimeSpan.FromSeconds(20), Retries = 2 };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AuthString.Length > 0 && ApiKey.Length > 0)
            yield return new ValidationResult("stands beside AuthString: a server takes one of the two", [nameof(ApiKey)]);
    }
}
