using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>Publishes to a station through the bus of one of its services.</summary>
internal static class FeedExtensions
{
    /// <summary>Publishes all at once.</summary>
    public static Task Feed<T>(this WebApplication service, params IEnumerable<T> messages) where T : class
    {
        var bus = service.Services.GetRequiredService<IBus>();
        return Task.WhenAll(messages.Select(message => bus.Publish(message)));
    }

    /// <summary>Publishes and waits until everything that follows from it has happened.</summary>
    public static async Task Feed<T>(this Station station, WebApplication service, params IEnumerable<T> messages) where T : class
    {
        await service.Feed(messages);
        await station.Quiet();
    }
}
