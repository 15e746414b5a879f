using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sigma.Storage;

namespace Sigma.Hosting.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseHealth(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            await using var connection = await database.Open(ct).WaitAsync(TimeSpan.FromSeconds(5), ct);
            await connection.ExecuteScalarAsync(new CommandDefinition("select 1", commandTimeout: 5, cancellationToken: ct));
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(Line(e));
        }
    }

    internal static string Line(Exception e) => $"the database does not answer: {e.Message}";
}
