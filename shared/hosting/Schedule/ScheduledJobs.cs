using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;
using Sigma.Hosting.Time;

namespace Sigma.Hosting.Schedule;

/// <summary>Quartz, set up the same for every service. It keeps the time of its next run, so it goes by a clock that nobody sets.</summary>
internal static class ScheduledJobs
{
    // A scheduler without a name would put its clock in the place of everybody's.
    const string Scheduler = "sigma";

    public static void Add(IServiceCollection services, IReadOnlyList<Action<IQuartzBuilder>> parts)
    {
        if (parts.Count == 0)
            return;
        services.AddQuartz(Scheduler, quartz =>
        {
            quartz.UseTimeProvider(
                new SteadyTime(services.LastOrDefault(s => s.ServiceType == typeof(TimeProvider))?.ImplementationInstance as TimeProvider
                    ?? TimeProvider.System));
            foreach (var part in parts)
                part(quartz);
        });
        services.AddQuartzHostedService(Scheduler, options => options.WaitForJobsToComplete = true);
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<ISchedulerFactory>(Scheduler));
    }
}
