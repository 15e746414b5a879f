using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Sigma.Hosting.Schedule;

/// <summary>Quartz, set up the same for every service.</summary>
internal static class ScheduledJobs
{
    public static void Add(IServiceCollection services, IReadOnlyList<Action<IQuartzBuilder>> parts)
    {
        if (parts.Count == 0)
            return;
        services.AddQuartz(quartz =>
        {
            foreach (var part in parts)
                part(quartz);
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
