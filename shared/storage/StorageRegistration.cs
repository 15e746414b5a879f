using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Storage.Migrations;
using Sigma.Storage.Retention;
using Sigma.Storage.ClockSteps;

namespace Sigma.Storage;

/// <summary>Wires the database into a service.</summary>
public static class StorageRegistration
{
    /// <summary>The configured database, its migrations, and one session per scope.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => Dialects.Of(provider.GetRequiredService<IOptions<StorageOptions>>().Value.Provider!.Value))
        .AddSingleton(provider => new Database(provider.GetRequiredService<IDialect>(), provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString))
        .AddSingleton<Migrator>()
        .AddSingleton<OldRows>()
        .AddHostedService<ClockStepRepairs>()
        .AddScoped<DbSession>();
}
