using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Routes;

/// <summary>The receivers with their integrations, without secrets; engineers send tests to them.</summary>
internal sealed class ReceiverCommands(NotifierClient notifier, AuditLog audit)
{
    /// <summary>All integrations.</summary>
    public Task<IReadOnlyList<Integration>> All(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return notifier.Receivers(ct);
    }

    /// <summary>Sends a message at once that says that it is a test.</summary>
    public async Task<TestMessageResult> Test(string integration, Caller caller, CancellationToken ct)
    {
        caller.Demand(Role.Engineer);
        caller.DemandNoLimits();
        var result = await notifier.TestReceiver(integration, caller.Name, ct);
        await audit.Write(caller, "receiver.test", integration, null, result, ct);
        return result;
    }
}
