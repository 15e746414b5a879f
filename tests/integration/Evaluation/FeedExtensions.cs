using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.IntegrationTests.Faults;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>Publishes to a station through the bus of one of its services.</summary>
internal static class FeedExtensions
{
    /// <summary>Publishes all at once; what the broker has not confirmed is published again, as every publisher here does.</summary>
    public static Task Feed<T>(this WebApplication service, params IEnumerable<T> messages) where T : class
    {
        var bus = service.Services.GetRequiredService<IBus>();
        return Task.WhenAll(messages.Select(message => Publish(bus, message)));
    }

    static async Task Publish<T>(IBus bus, T message) where T : class
    {
        for (var id = NewId.NextGuid(); ;)
        {
            try
            {
                await bus.Publish(message, context => context.MessageId = id);
                return;
            }
            catch (Exception) when (FaultPlan.Seed is not null)
            {
                // injected
            }
        }
    }

    /// <summary>Publishes and waits until everything that follows from it has happened.</summary>
    public static async Task Feed<T>(this Station station, WebApplication service, params IEnumerable<T> messages) where T : class
    {
        await service.Feed(messages);
        await station.Quiet();
    }
}
