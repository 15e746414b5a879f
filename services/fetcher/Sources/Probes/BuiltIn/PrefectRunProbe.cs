using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sigma.Fetcher.Sources.Prefect;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>Parameters of the probe <c>prefect-run</c>.</summary>
public sealed class PrefectRunParameters : IValidatableObject
{
    /// <summary>Address of Prefect's API, with its <c>/api</c>.</summary>
    [Required, WebAddress]
    public string BaseUrl { get; set; } = "";

    /// <summary>The deployment, as <c>flow/deployment</c>.</summary>
    [Required, RegularExpression("[^/]+/[^/]+", ErrorMessage = "is not flow/deployment")]
    public string Deployment { get; set; } = "";

    /// <summary>User and password of a server that wants them; never logged.</summary>
    [HeaderValue]
    public string AuthString { get; set; } = "";

    /// <summary>Key of Prefect Cloud; never logged.</summary>
    [HeaderValue]
    public string ApiKey { get; set; } = "";

    /// <summary>A last run that ended longer ago than this is too old; 0: never.</summary>
    [Duration("00:00:00", "365.00:00:00")]
    public TimeSpan Within { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AuthString.Length > 0 && ApiKey.Length > 0)
            yield return new ValidationResult("stands beside AuthString: a server takes one of the two", [nameof(ApiKey)]);
    }
}

/// <summary>The last run of a deployment: whether it was completed, how long it took, how long ago that was. Its end is a sign of life.</summary>
internal sealed class PrefectRunProbe(ApiClients clients, TimeProvider time) : Probe<PrefectRunParameters>
{
    readonly string _client = $"probe:{Guid.NewGuid():N}";
    PrefectClient? _prefect;

    public override string Name => "prefect-run";

    public override string Description => "looks at the last run of a deployment of Prefect";

    protected override async Task<ProbeAnswer> Check(PrefectRunParameters parameters, CancellationToken ct)
    {
        _prefect ??= new(clients.Create(_client, new()), new(parameters.BaseUrl, parameters.AuthString, parameters.ApiKey), new() { Retries = 0 },
            time);
        var parts = parameters.Deployment.Split('/');
        var deployment = await _prefect.Deployment(parts[0], parts[1], ct);
        if (await _prefect.LastEnded(deployment, ct) is not { } run)
            return ProbeAnswer.Down("no run of it has ended");
        var age = time.GetUtcNow() - run.EndTime!.Value;
        List<ProbeSample> samples = [new("prefect_run_age_seconds", age.TotalSeconds)];
        if (run.StartTime is { } started)
            samples.Add(new("prefect_run_duration_seconds", (run.EndTime.Value - started).TotalSeconds));
        var completed = run.StateType == PrefectRun.Completed;
        var answer = !completed ? ProbeAnswer.Down($"its last run {run.Name} is {run.StateName ?? run.StateType}", samples)
            : parameters.Within > TimeSpan.Zero && age > parameters.Within
                ? ProbeAnswer.Down(string.Create(CultureInfo.InvariantCulture, $"its last run ended at {run.EndTime:yyyy-MM-dd HH:mm} UTC"), samples)
            : ProbeAnswer.Up(samples);
        return answer with { Beats = [new(run.EndTime.Value, Fails: !completed) { Text = run.StateName }] };
    }
}
