import type { Area } from '../web/area.ts';
import { get, post } from '../web/route.ts';
import { showEffect } from './effect-pages.ts';
import { printSimulation, showPair, takeFile } from './file-pages.ts';
import { showSimulation, showSimulations, takeDrop, takeTry } from './pages.ts';
import { resumeSimulations } from './resume.ts';
import { showSlide, takeDraft } from './slide-pages.ts';

export const simulations: Area = {
  name: 'simulations',
  routes: [
    get('/simulations', { power: 'simulation.read', handle: visit => showSimulations(visit) }),
    post('/simulations', { power: 'simulation.run', handle: takeTry, again: showSimulations }),
    get('/simulations/slide', { power: 'simulation.run', handle: showSlide }),
    post('/simulations/slide/keep', { power: 'standard.keep', handle: takeDraft }),
    get('/simulations/pair', { power: 'simulation.read', handle: showPair }),
    get('/simulations/draft/:id', { power: 'simulation.run', handle: showEffect }),
    post('/simulations/draft/:id', { power: 'simulation.run', handle: showEffect }),
    get('/simulations/:id', { power: 'simulation.read', handle: showSimulation }),
    get('/simulations/:id/print', { power: 'simulation.read', handle: printSimulation }),
    get('/simulations/:id/file', { power: 'simulation.read', handle: takeFile }),
    post('/simulations/:id/drop', { power: 'simulation.run', handle: takeDrop }),
  ],
  jobs: [{ name: 'resume-simulations', cron: '* * * * *', run: resumeSimulations }],
  personal: ['simulation_flips'],
};
