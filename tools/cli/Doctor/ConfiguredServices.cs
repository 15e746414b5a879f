using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Archive;
using Sigma.Cli.Settings;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Hosting;
using Sigma.Hosting.Settings;
using Sigma.Notifier;
using Sigma.OperatorConsole;

namespace Sigma.Cli.Doctor;

/// <summary>
/// All services as these settings make them, but not started: their settings with all checks, and their ways to the APIs.
/// </summary>
internal sealed class ConfiguredServices : IAsyncDisposable
{
    readonly ServiceProvider _provider;

    ConfiguredServices(ServiceProvider provider, IReadOnlyList<ISettingsSection> sections)
    {
        _provider = provider;
        Sections = sections;
    }

    /// <summary>All settings they have.</summary>
    public IReadOnlyList<ISettingsSection> Sections { get; }

    public static ConfiguredServices Of(CliSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var sections = ServiceHost.Compose("sigma", builder,
            services => services.AddFetcher().AddEvaluator().AddNotifier().AddConsole().AddArchive());
        builder.Services.AddSingleton<ServerClock>().AddTransient<ServerClock.Reading>().AddHttpClient("segware")
            .AddHttpMessageHandler<ServerClock.Reading>();
        // Only now: composing looks at some values, and would end at a wrong one. Sections read theirs when they are asked.
        builder.Configuration.AddConfiguration(settings.Configuration);
        return new ConfiguredServices(builder.Services.BuildServiceProvider(), sections);
    }

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>The settings of a section, checked.</summary>
    public T Settings<T>() where T : class => Get<IOptions<T>>().Value;

    /// <summary>The same, of whichever type.</summary>
    public object Read(ISettingsSection section) => section.Read(_provider);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
