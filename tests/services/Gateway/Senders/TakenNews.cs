using System.Collections.Concurrent;
using MassTransit;
using Sigma.Contracts;

namespace Sigma.ServiceTests.Gateway.Senders;

/// <summary>What the gateway has published.</summary>
internal sealed class TakenNews
{
    public ConcurrentQueue<(string Source, Sample Sample)> Samples { get; } = new();

    public ConcurrentQueue<Beat> Beats { get; } = new();

    public ConcurrentQueue<LogLine> Lines { get; } = new();

    public ConcurrentQueue<ReportedCondition> Conditions { get; } = new();

    internal sealed class NewsConsumer(TakenNews taken) : IConsumer<SamplesReported>, IConsumer<BeatsReported>, IConsumer<LogBatch>,
        IConsumer<ConditionReported>
    {
        public Task Consume(ConsumeContext<SamplesReported> context)
        {
            foreach (var sample in context.Message.Samples)
                taken.Samples.Enqueue((context.Message.Source, sample));
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<BeatsReported> context)
        {
            foreach (var beat in context.Message.Beats)
                taken.Beats.Enqueue(beat);
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<LogBatch> context)
        {
            foreach (var line in context.Message.Lines)
                taken.Lines.Enqueue(line);
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<ConditionReported> context)
        {
            foreach (var condition in context.Message.Conditions)
                taken.Conditions.Enqueue(condition);
            return Task.CompletedTask;
        }
    }
}
