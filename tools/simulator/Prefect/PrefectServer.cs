using System.Globalization;
using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

/// <summary>A Prefect server: its deployments, and their runs. A deployment is known as <c>flow/deployment</c>.</summary>
public sealed class PrefectServer : IVendor
{
    internal const string Failed = "failed", Crashed = "crashed", NoWorker = "no_worker";

    private const int RunsKept = 1_000;

    private static readonly TimeSpan CancelledAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<PrefectDeployment> _deployments = [];
    private readonly List<PrefectFlowRun> _runs = [];
    private readonly SimulatorOptions _options;
    private readonly TimeProvider _clock;
    private int _last;

    internal PrefectServer(Inbox inbox, SimulatorOptions options, TimeProvider clock)
    {
        Inbox = inbox;
        _options = options;
        _clock = clock;
        _deployments.Add(Default);
    }

    /// <summary>The deployment that is there from the start, <c>respond-to-alert/simulated</c>: it needs an <c>alert_id</c>.</summary>
    public static PrefectDeployment Default { get; } = new("respond-to-alert", "simulated")
    {
        Id = new Guid("00000000-0000-4000-8000-000000000001"),
        FlowId = new Guid("00000000-0000-4000-8000-000000000002"),
        ParameterSchema = JsonSerializer.SerializeToElement(new
        {
            title = "Parameters",
            type = "object",
            properties = new { alert_id = new { type = "string" }, severity = new { type = "string" }, count = new { type = "integer" } },
            required = new[] { "alert_id" },
        }),
    };

    /// <summary>The runs that were asked for, by deployment. A message's key is its idempotency key.</summary>
    public Inbox Inbox { get; }

    /// <summary>Deployments whose new runs end <c>failed</c> or <c>crashed</c>, or have <c>no_worker</c> and become late.</summary>
    public Refusals Refusals { get; } = new(Failed, Crashed, NoWorker);

    /// <summary>The last 1,000 runs with their state at this moment, oldest first.</summary>
    public IReadOnlyList<PrefectFlowRun> FlowRuns
    {
        get
        {
            lock (_lock)
            {
                return [.. _runs.Select(AtThisMoment)];
            }
        }
    }

    /// <summary>The deployments there are.</summary>
    public IReadOnlyList<PrefectDeployment> Deployments
    {
        get
        {
            lock (_lock)
            {
                return [.. _deployments];
            }
        }
    }

    object IVendor.State => new
    {
        deployments = Deployments.Select(deployment => new { deployment.Id, deployment.Flow, deployment.Name }),
        flowRuns = FlowRuns.Select(
            run => new { run.Id, run.Name, deployment = run.Deployment.FullName, run.IdempotencyKey, run.Parameters, run.State }),
    };

    /// <summary>Adds a deployment, or replaces the one of the same name.</summary>
    public void Add(PrefectDeployment deployment)
    {
        lock (_lock)
        {
            _deployments.RemoveAll(former => former.FullName == deployment.FullName);
            _deployments.Add(deployment);
        }
    }

    /// <summary>Gives a run a state for good, whatever the time.</summary>
    /// <returns>False when there is no such run, or no such type.</returns>
    public bool SetState(Guid id, string type, string? name = null, string? message = null)
    {
        lock (_lock)
        {
            var at = _runs.FindIndex(run => run.Id == id);
            if (at < 0 || !PrefectState.Names.ContainsKey(type))
            {
                return false;
            }

            _runs[at] = _runs[at] with { State = PrefectState.Of(type, _clock.GetUtcNow(), name, message), IsSet = true };
            return true;
        }
    }

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
        lock (_lock)
        {
            _runs.Clear();
            _deployments.Clear();
            _deployments.Add(Default);
        }
    }

    /// <returns>The run, and whether it is new: one idempotency key has one run of a flow.</returns>
    internal (PrefectFlowRun Run, bool IsNew) Create(PrefectDeployment deployment, PrefectFlowRunRequest wanted, JsonElement parameters)
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            if (_runs.Find(run => wanted.IdempotencyKey is not null && run.IdempotencyKey == wanted.IdempotencyKey
                && run.Deployment.FlowId == deployment.FlowId) is { } known)
            {
                return (AtThisMoment(known), false);
            }

            var name = wanted.Name ?? $"simulated-run-{(++_last).ToString(CultureInfo.InvariantCulture)}";
            var run = new PrefectFlowRun(Guid.NewGuid(), name, deployment, wanted.IdempotencyKey, parameters,
                [.. deployment.Tags.Union(wanted.Tags)], now, wanted.ScheduledFor ?? now, PrefectState.Of(wanted.StateType ?? "SCHEDULED", now))
            {
                Outcome = Refusals.Of(deployment.FullName),
                IsSet = wanted.StateType is not (null or "SCHEDULED"),
            };
            _runs.Add(run);
            if (_runs.Count > RunsKept)
            {
                _runs.RemoveAt(0);
            }

            return (run, true);
        }
    }

    private PrefectFlowRun AtThisMoment(PrefectFlowRun run)
    {
        var (now, prefect) = (_clock.GetUtcNow(), _options.Prefect);
        var age = now - run.ScheduledFor;
        if (run.IsSet)
        {
            return run.State.Type == "CANCELLING" && now - run.State.At >= CancelledAfter
                ? run with { State = PrefectState.Of("CANCELLED", run.State.At + CancelledAfter) }
                : run;
        }

        var state = run.Outcome == NoWorker
            ? age >= prefect.LateAfter ? PrefectState.Of("SCHEDULED", run.ScheduledFor + prefect.LateAfter, "Late") : run.State
            : age >= prefect.FinalAfter ? PrefectState.Of(run.Outcome?.ToUpperInvariant() ?? "COMPLETED", run.ScheduledFor + prefect.FinalAfter)
            : age >= prefect.RunningAfter ? PrefectState.Of("RUNNING", run.ScheduledFor + prefect.RunningAfter)
            : age >= prefect.PendingAfter ? PrefectState.Of("PENDING", run.ScheduledFor + prefect.PendingAfter)
            : run.State;
        return run with { State = state };
    }
}
