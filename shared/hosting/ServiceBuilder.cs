using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;
using Sigma.FormerSchema;
using Sigma.Hosting.Api;
using Sigma.Hosting.Health;
using Sigma.Hosting.Limits;
using Sigma.Hosting.Messaging;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Telemetry;
using Sigma.Hosting.Telemetry.Scraping;
using Sigma.Hosting.Time;
using Sigma.Storage;
using Sigma.Storage.Outbox;
using Sigma.Storage.Schema;

namespace Sigma.Hosting;

/// <summary>Gathers what the capabilities of one process need; several services may share a process.</summary>
public sealed class ServiceBuilder
{
    readonly WebApplicationBuilder _app;
    readonly List<Action<IBusRegistrationConfigurator>> _bus = [];
    readonly List<Action<IQuartzBuilder>> _jobs = [];
    readonly List<Action<IEndpointRouteBuilder>> _endpoints = [];
    readonly List<Action<WebApplication>> _pipeline = [];

    internal ServiceBuilder(string name, WebApplicationBuilder app)
    {
        Name = name;
        _app = app;
        Services.TryAddSingleton<TimeProvider>(provider => new HoldoverClock(TimeProvider.System,
            provider.GetRequiredService<ILogger<HoldoverClock>>));
        Services.AddSingleton<DatabaseClock>().AddHostedService(provider => provider.GetRequiredService<DatabaseClock>());
        Settings<StorageOptions>("Storage");
        Services.AddSingleton<IValidateOptions<StorageOptions>, StorageSettingsCheck>();
        Services.AddStorage().AddFormerSchema();
        Settings<ApiOptions>("Api");
    }

    /// <summary>Name of the process in telemetry, logs and the outbox.</summary>
    public string Name { get; }

    /// <summary>The process's services.</summary>
    public IServiceCollection Services => _app.Services;

    /// <summary>The process's configuration.</summary>
    public IConfiguration Configuration => _app.Configuration;

    /// <summary>
    /// Binds a section and checks it at start: data annotations, <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/>, and unknown
    /// keys.
    /// </summary>
    public ServiceBuilder Settings<T>(string section) where T : class
    {
        Services.AddOptions<T>().Bind(Configuration.GetSection(section), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        Services.AddSingleton<IPostConfigureOptions<T>>(new ValueTrimming<T>()).AddSingleton<IValidateOptions<T>>(new SettingsCheck<T>(section));
        return this;
    }

    /// <summary>The tables of a service, which are brought up to date at start.</summary>
    public ServiceBuilder Schema(ServiceSchema schema)
    {
        Services.AddSingleton(schema);
        return this;
    }

    /// <summary>Adds consumers or sagas.</summary>
    public ServiceBuilder Consumers(Action<IBusRegistrationConfigurator> configure)
    {
        _bus.Add(configure);
        return this;
    }

    /// <summary>Adds Quartz jobs.</summary>
    public ServiceBuilder Jobs(Action<IQuartzBuilder> configure)
    {
        _jobs.Add(configure);
        return this;
    }

    /// <summary>Adds HTTP endpoints. Each has the limits <see cref="EndpointLimits.Small"/> unless it names its own.</summary>
    public ServiceBuilder Endpoints(Action<IEndpointRouteBuilder> map)
    {
        _endpoints.Add(map);
        return this;
    }

    /// <summary>Adds what every request passes on its way to an endpoint, such as who asks; after the internal API and the limits.</summary>
    public ServiceBuilder Pipeline(Action<WebApplication> use)
    {
        _pipeline.Add(use);
        return this;
    }

    internal WebApplication Build()
    {
        _app.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(9));
        _app.WebHost.ConfigureKestrel(ServerLimits.Set);
        Logs.Configure(_app);
        var transport = Messaging.Bus.Add(this, _bus);
        Services.AddOutbox(new OutboxOwner(Name, KeepUntilConsumed: transport == BusTransport.InMemory), Messaging.Bus.MustReachAQueue);
        Schedule.ScheduledJobs.Add(Services, _jobs);
        OpenTelemetryStart.Add(_app, Name);
        HealthEndpoints.Add(Services);
        MetricsEndpoint.Add(Services);
        Services.AddEndpointLimits().AddInternalApi();
        Services.AddSingleton(provider => new SettingsInForce(Services, Configuration, provider));
        var app = _app.Build();
        app.UseInternalApi();
        app.UseEndpointLimits();
        foreach (var use in _pipeline)
            use(app);
        HealthEndpoints.Map(app);
        MetricsEndpoint.Map(app);
        AboutEndpoint.Map(app, Name);
        SettingsEndpoint.Map(app, Name);
        foreach (var map in _endpoints)
            map(app);
        return app;
    }
}
