using Sigma.Simulator.ChatPro;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Received;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Segware;

namespace Sigma.Simulator;

internal sealed class SimulatorReset(SegwareStore store, ChatProPhone phone, FaultBoard faults, ReceivedLog received, ScenarioPlayer player)
{
    public void Run()
    {
        faults.Clear();
        received.Clear();
        phone.Clear();
        store.Clear();
        player.Restart();
    }
}
