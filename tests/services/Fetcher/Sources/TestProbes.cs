using System.ComponentModel.DataAnnotations;
using Sigma.Probes;

namespace Sigma.ServiceTests.Fetcher.Sources;

/// <summary>Parameters of the probes below.</summary>
public sealed class BehaviourParameters
{
    /// <summary>What it does: up, down, throw, hang, block, many, nothing, odd.</summary>
    [Required]
    public string Does { get; set; } = "up";

    /// <summary>A file whose content says what it does instead, if it is there.</summary>
    public string File { get; set; } = "";

    /// <summary>How long it blocks.</summary>
    public TimeSpan For { get; set; } = TimeSpan.FromSeconds(8);
}

/// <summary>A probe that goes wrong in every way; the tests load their own assembly as a plug-in.</summary>
public sealed class BehavingProbe : Probe<BehaviourParameters>
{
    public override string Name => "behaving";

    public override string Description => "does as it is told";

    protected override async Task<ProbeAnswer> Check(BehaviourParameters parameters, CancellationToken ct)
    {
        switch (parameters.File.Length > 0 ? (await File.ReadAllTextAsync(parameters.File, ct)).Trim() : parameters.Does)
        {
            case "down":
                return ProbeAnswer.Down("it is broken");
            case "throw":
                throw new InvalidOperationException("a bug in a plug-in");
            case "hang":
                await Task.Delay(Timeout.Infinite, CancellationToken.None); // whoever tells it to stop
                break;
            case "block":
                using (SemaphoreSlim never = new(0))
                    never.Wait(parameters.For, CancellationToken.None); // and keeps its thread
                break;
            case "condition":
                return ProbeAnswer.Up(new ProbeSample("queue_length", 7)) with
                {
                    Conditions = [new("queue", "the queue grows") { Severity = "low", Labels = new Dictionary<string, string> { ["Queue"] = "a" } }],
                    Beats = [new(DateTimeOffset.UnixEpoch.AddYears(40))],
                };
            case "odd":
                return ProbeAnswer.Up(new ProbeSample("odd", double.NaN));
            case "nothing":
                return null!;
        }
        return ProbeAnswer.Up();
    }
}
