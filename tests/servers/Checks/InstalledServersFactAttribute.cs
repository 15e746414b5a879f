using Sigma.TestServers.Databases;
using Sigma.TestServers.RabbitMq;

namespace Sigma.TestServers.Checks;

/// <summary>A test of servers from installed programs; containers are cleared away by Testcontainers.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InstalledServersFactAttribute : FactAttribute
{
    public InstalledServersFactAttribute() =>
        Skip = RabbitMqBinaries.Find() is null || DatabaseBinaries.Find() is null ? "needs an installed RabbitMQ and MySQL or MariaDB" : null;
}
