using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Storage.Outbox.Schema;
using Sigma.Storage.Retention;
using Sigma.Storage.ClockSteps;
using Sigma.Storage.Schema;

namespace Sigma.Storage;

/// <summary>Wires the database into a service.</summary>
public static class Registration
{
    /// <summary>The configured database, its migrations, and one session per scope.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => Dialects.Of(provider.GetRequiredService<IOptions<StorageOptions>>().Value.Provider!.Value))
        .AddSingleton(provider => new Database(provider.GetRequiredService<IDialect>(),
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString))
        .AddSingleton<ServiceSchema>(OutboxContext.Schema) // first of all
        .AddSingleton<Migrator>()
        .AddSingleton<OldRows>()
        .AddHostedService<ClockStepRepairs>()
        .AddScoped<DbSession>();
}
