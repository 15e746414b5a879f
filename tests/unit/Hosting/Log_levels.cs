using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sigma.Hosting.Telemetry;

namespace Sigma.UnitTests.Hosting;

public sealed class Log_levels
{
    [Theory]
    [InlineData("Sigma.Fetcher.Polling.Poll", "LOG_LEVEL=info", LogLevel.Information)]
    [InlineData("Sigma.Fetcher.Polling.Poll", "LOG_LEVEL=debug", LogLevel.Debug)]
    [InlineData("Sigma.Fetcher.Polling.Poll", "LOG_LEVEL=warn;Logging__LogLevel__Sigma.Fetcher=Debug", LogLevel.Debug)]
    [InlineData("Sigma.Fetcher.Polling.Poll", "LOG_LEVEL=warn;Logging__LogLevel__Sigma.Fetcher.Polling=Information", LogLevel.Information)]
    [InlineData("Sigma.Evaluator.Conditions.Counting.EventBatchConsumer", "LOG_LEVEL=warn;Logging__LogLevel__Sigma.Fetcher=Debug", LogLevel.Warning)]
    [InlineData("MassTransit", "LOG_LEVEL=trace", LogLevel.Warning)]
    [InlineData("MassTransit", "Logging__LogLevel__MassTransit=Debug", LogLevel.Debug)]
    [InlineData("MassTransit.Messages", "Logging__LogLevel__MassTransit=Debug", LogLevel.None)]
    [InlineData("Microsoft.Hosting.Lifetime", "Logging__LogLevel__Microsoft.Hosting=Information", LogLevel.Information)]
    public void Are_set_for_all_and_for_a_category(string category, string environment, LogLevel expected)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(environment.Split(';').Select(setting => setting.Split('='))
            .Select(pair => KeyValuePair.Create(pair[0].Replace("__", ":"), (string?)pair[1])));
        Logs.Configure(builder);
        using var provider = builder.Services.BuildServiceProvider();

        var log = provider.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        Assert.Equal(expected, Enum.GetValues<LogLevel>().First(level => level == LogLevel.None || log.IsEnabled(level)));
    }
}
