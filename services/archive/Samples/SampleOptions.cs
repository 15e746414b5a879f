using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Tls;

namespace Sigma.Archive.Samples;

/// <summary>How measured values are kept.</summary>
public sealed class SampleOptions : IPlainHttpSetting, IValidatableObject
{
    /// <summary>Days for which samples are kept.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 90;

    /// <summary>A sample that is further ahead of its arrival than this is dropped.</summary>
    [Duration("00:00:00", "1.00:00:00")]
    public TimeSpan AheadLimit { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A sample that is further behind its arrival than this is dropped.</summary>
    [Duration("00:01:00", "3650.00:00:00")]
    public TimeSpan BehindLimit { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Series of one day; samples of further ones are dropped.</summary>
    [Range(100, 10_000_000)]
    public int MostSeries { get; set; } = 200_000;

    /// <summary>Batches taken from the broker at the same time.</summary>
    [Range(1, 256)]
    public int ParallelBatches { get; set; } = 32;

    /// <summary>Samples that a file keeps as they came, before they are put in order by series. Each question reads them all.</summary>
    [Range(1_000, 10_000_000)]
    public int PendingSamples { get; set; } = 500_000;

    /// <summary>
    /// Where samples are handed on to by remote write 1.0, as <c>http://prometheus:9090/api/v1/write</c>; not set: they are kept in the archive's own
    /// files.
    /// </summary>
    [HttpAddress]
    public string RemoteWrite { get; set; } = "";

    /// <summary>Where they are asked back, as <c>http://prometheus:9090</c>.</summary>
    [HttpAddress]
    public string Query { get; set; } = "";

    /// <summary>Sent as <c>Authorization</c> with both, for example <c>Bearer …</c>; a secret.</summary>
    [HeaderValue]
    public string Authorization { get; set; } = "";

    /// <summary>PEM file of authorities that may have signed the server's certificate, besides the system's.</summary>
    [AuthorityFile]
    public string CaFile { get; set; } = "";

    /// <summary>Whether an http address may name another machine.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Time-out, retries and circuit breaker of the calls.</summary>
    public ApiResilience Resilience { get; set; } = new() { Timeout = TimeSpan.FromSeconds(30), Retries = 0 };

    /// <summary>Whether samples are handed on.</summary>
    internal bool IsRemote => RemoteWrite.Length > 0;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BehindLimit > TimeSpan.FromDays(KeepDays))
            yield return new ValidationResult("must not be longer than samples are kept", [nameof(BehindLimit)]);
        if (Query.Length > 0 && !IsRemote)
            yield return new ValidationResult("is for samples that are handed on: set RemoteWrite too", [nameof(Query)]);
    }
}
