using Sigma.Simulator;

namespace Sigma.Standalone.ConsoleOutput;

/// <summary>Shows each WhatsApp message as the person at the other end sees it.</summary>
internal sealed class WhatsAppEcho(SimulatorApp simulator) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            for (var shown = 0; ; shown++)
            {
                await simulator.Received.Until(received => received.Messages.Count > shown, stop);
                Console.WriteLine(Bubble(simulator.Received.Messages[shown].Message));
            }
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    static string Bubble(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd().Replace("*", "")).ToList();
        var rule = new string('─', 62);
        return $"\n    ╭─ WhatsApp {rule[11..]}\n{string.Join('\n', lines.Select(line => "    │ " + line))}\n    ╰{rule}\n";
    }
}
