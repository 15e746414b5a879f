namespace Sigma.Gateway.Alertmanager;

/// <summary>The open alerts of an integration.</summary>
internal sealed class OpenAlerts
{
    public Task<IReadOnlyList<OpenAlert>> Of(string integration, CancellationToken ct) => throw new NotImplementedException();
}
