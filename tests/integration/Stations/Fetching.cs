using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Fetcher.Polling;
using Sigma.IntegrationTests.Faults;

namespace Sigma.IntegrationTests.Stations;

/// <summary>A running fetcher whose polls the test decides on.</summary>
internal sealed class Fetching(WebApplication service)
{
    public WebApplication Service => service;

    /// <summary>Polls; one that a fault has broken off is begun again, as the schedule would a moment later.</summary>
    public async Task<PollResult> Poll()
    {
        while (true)
        {
            try
            {
                if (await service.Services.GetRequiredService<Poll>().Run(CancellationToken.None) is var result
                    && (FaultPlan.Seed is null || result.Stopped?.Contains("broker") != true))
                    return result;
            }
            catch (Exception) when (FaultPlan.Seed is not null)
            {
                // injected
            }
        }
    }
}
