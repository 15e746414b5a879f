using Sigma.Contracts;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Publishing;

/// <summary>
/// Publishes news that needs no row of its own: cut into messages of about 1,000 items and 256 KB, each counted in its slice. Returns once the broker
/// has confirmed all of it.
/// </summary>
internal sealed class NewsPublisher
{
    /// <exception cref="Intake.RefusedException">The broker did not take it in time, or too much is on its way.</exception>
    public Task Publish(Integration integration, IReadOnlyList<LogLine> lines, CancellationToken ct) => throw new NotImplementedException();

    /// <exception cref="Intake.RefusedException">The broker did not take it in time, or too much is on its way.</exception>
    public Task Publish(Integration integration, IReadOnlyList<Sample> samples, CancellationToken ct) => throw new NotImplementedException();

    /// <exception cref="Intake.RefusedException">The broker did not take it in time, or too much is on its way.</exception>
    public Task Publish(Integration integration, IReadOnlyList<Beat> beats, CancellationToken ct) => throw new NotImplementedException();
}
