using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Gateway;

/// <summary>Settings of the gateway.</summary>
public sealed class GatewayOptions : IValidatableObject, IPlainHttpSetting
{
    /// <summary>The integrations that are there by settings; people make others besides.</summary>
    public List<IntegrationOptions> Integrations { get; set; } = [];

    /// <summary>How log lines are taken in.</summary>
    public Logs.LogsOptions Logs { get; set; } = new();

    /// <summary>Where syslog is listened for.</summary>
    public Logs.Syslog.SyslogOptions Syslog { get; set; } = new();

    /// <summary>What is taken in of samples.</summary>
    public Metrics.MetricsOptions Metrics { get; set; } = new();

    /// <summary>Signs of life.</summary>
    public Beats.BeatsOptions Beats { get; set; } = new();

    /// <summary>The API of Alertmanager.</summary>
    public Alertmanager.AlertmanagerOptions Alertmanager { get; set; } = new();

    /// <summary>Where the notifier answers, whose the silences are, as <c>http://notifier:8080</c>; not set: in this process.</summary>
    [HttpAddress]
    public string Notifier { get; set; } = "";

    /// <summary>Where the evaluator answers, which knows what is raised, as <c>http://evaluator:8080</c>; not set: in this process.</summary>
    [HttpAddress]
    public string Evaluator { get; set; } = "";

    /// <summary>How much is taken in.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>How addresses are called that senders name.</summary>
    public ConfirmationOptions Confirmations { get; set; } = new();

    /// <summary>What people and vendors answer to what the notifier sent.</summary>
    public Replies.RepliesOptions Replies { get; set; } = new();

    /// <summary>How long raw bodies are kept, with what was understood of them.</summary>
    [Duration("01:00:00", "90.00:00:00")]
    public TimeSpan KeepBodies { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long it is remembered what was delivered, so that the same again changes nothing. Senders repeat for up to four days.</summary>
    [Duration("01:00:00", "30.00:00:00")]
    public TimeSpan KeepKeys { get; set; } = TimeSpan.FromDays(5);

    /// <summary>How long an integration's former key still counts after people have made a new one.</summary>
    [Duration("00:00:00", "30.00:00:00")]
    public TimeSpan FormerKeyCounts { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Name of this process in its slices of covered time, at most 48 characters; not set: that of the machine. Each start adds a suffix of its own.
    /// </summary>
    [RegularExpression("[A-Za-z0-9._-]{0,48}")]
    public string ProcessName { get; set; } = "";

    /// <summary>Length of the slices of time that this process says it was accepting in.</summary>
    [Duration("00:00:01", "00:01:00")]
    public TimeSpan Slice { get; set; } = TimeSpan.FromSeconds(10);

    // The services ask each other within their own network, where the key of the internal API travels in clear anyway.
    bool IPlainHttpSetting.AllowPlainHttp => true;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (index, name) in Repeated(Integrations.Select(integration => integration.Name)))
            yield return new ValidationResult($"is {name}, which is the name of another integration", [$"Integrations__{index}__Name"]);
        foreach (var (index, _) in Repeated(Integrations.Select(integration => integration.Key)))
            yield return new ValidationResult("is the key of another integration too: each has its own", [$"Integrations__{index}__Key"]);
    }

    static IEnumerable<(int Index, string Value)> Repeated(IEnumerable<string> values)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return [.. values.Index().Where(value => value.Item.Length > 0 && !seen.Add(value.Item))];
    }
}

/// <summary>How much is taken in. What is larger is refused with 413, what is more often with 429.</summary>
public sealed class LimitOptions
{
    /// <summary>Bytes of a webhook's body as it comes, and of what it unpacks to.</summary>
    [Range(1024, 64 << 20)]
    public int LargestBody { get; set; } = 4 << 20;

    /// <summary>Bytes of a request with log lines or samples as it comes.</summary>
    [Range(1024, 256 << 20)]
    public int LargestBatch { get; set; } = 20 << 20;

    /// <summary>Bytes of what a request with log lines or samples unpacks to.</summary>
    [Range(1024, 1 << 30)]
    public int LargestUnpacked { get; set; } = 64 << 20;

    /// <summary>
    /// Bytes of all requests that are in hand at a time: as they come, as they unpack, and twice that for what is read of it. More are answered with
    /// 503; one that is larger by itself gets through alone.
    /// </summary>
    [Range(1 << 20, int.MaxValue)]
    public long BytesInHand { get; set; } = 256 << 20;

    /// <summary>Bytes of all messages on their way to the broker; more are answered with 503.</summary>
    [Range(1 << 20, int.MaxValue)]
    public long BytesOnTheWay { get; set; } = 128 << 20;

    /// <summary>Levels of a JSON body.</summary>
    [Range(4, 1000)]
    public int DeepestJson { get; set; } = 64;

    /// <summary>Pieces of news in one body of a webhook.</summary>
    [Range(1, 100_000)]
    public int MostItems { get; set; } = 10_000;

    /// <summary>Requests a second of one integration, on the average, in each process.</summary>
    [Range(0.01, 1_000_000)]
    public double RatePerSecond { get; set; } = 200;

    /// <summary>Requests of one integration at once.</summary>
    [Range(1, 10_000_000)]
    public int Burst { get; set; } = 2000;
}
