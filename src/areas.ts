import type { Area } from './web/area.ts';
import { calendar } from './calendar/area.ts';
import { followPlaces } from './places/follow.ts';
import { places } from './places/area.ts';
import { postsFollowPlaces } from './people/follow-places.ts';
import { people } from './people/area.ts';
import { tablets } from './tablets/area.ts';
import { subjects } from './subjects/area.ts';
import { followHouseholds } from './households/follow.ts';
import { households } from './households/area.ts';
import { recusals } from './recusals/area.ts';
import { recusalsFollowHouseholds } from './recusals/follow.ts';
import { followConsents } from './consents/follow.ts';
import { consents } from './consents/area.ts';
import { householdsFollowPlaces } from './households/follow-places.ts';
import { pledges } from './pledges/area.ts';
import { standards } from './standards/area.ts';
import { rounds } from './rounds/area.ts';
import { followCases } from './rounds/follow-cases.ts';
import { roundsFollowConsents, roundsFollowHouseholds, roundsFollowPlaces } from './rounds/follow.ts';
import { observations } from './observations/area.ts';
import { eventsFollowCases } from './observations/carry.ts';
import { statements } from './statements/area.ts';
import { tellings } from './tellings/area.ts';
import { peers } from './peers/area.ts';
import { ratings } from './ratings/area.ts';
import { repairs } from './repairs/area.ts';
import { panels } from './panels/area.ts';
import { titles } from './titles/area.ts';
import { sittings } from './sittings/area.ts';
import { objections } from './objections/area.ts';
import { notices } from './notices/area.ts';
import { noticesFollowCases, noticesFollowConsents } from './notices/follow.ts';
import { rolls } from './rolls/area.ts';
import { hidesRecalled, hidesWithdrawn } from './rolls/hide.ts';
import { awards } from './awards/area.ts';
import { awardsFollowCases } from './awards/follow.ts';
import { coop } from './coop/area.ts';
import { audit } from './audit/area.ts';
import { exchange } from './exchange/area.ts';
import { importsFollowHouseholds } from './exchange/follow.ts';
import { reports } from './reports/area.ts';
import { simulations } from './simulations/area.ts';
import { rights } from './rights/area.ts';
import { fairness } from './fairness/area.ts';
import { archives } from './archives/area.ts';
import { archivesFollowHouseholds } from './archives/make.ts';
import { deadlines } from './deadlines/area.ts';
import { watchDues } from './deadlines/sources.ts';
import { desk } from './desk/area.ts';

/** Contents page, mount order and import law in one: an area may import only from those before it. */
export const areas: readonly Area[] = [
  calendar,
  places,
  people,
  tablets,
  subjects,
  households,
  recusals,
  consents,
  pledges,
  standards,
  rounds,
  observations,
  statements,
  tellings,
  peers,
  ratings,
  repairs,
  panels,
  titles,
  sittings,
  objections,
  notices,
  rolls,
  awards,
  coop,
  audit,
  exchange,
  reports,
  simulations,
  rights,
  fairness,
  archives,
  deadlines,
  desk,
];

/** The board of due days asks every area. */
watchDues(areas.flatMap(area => area.dues ?? []));

/** When the tree of places changes, these areas follow in the same unit. */
followPlaces([postsFollowPlaces, householdsFollowPlaces, roundsFollowPlaces]);
/** When a household changes its shape, so do its cases and ratings. */
followHouseholds([recusalsFollowHouseholds, roundsFollowHouseholds, importsFollowHouseholds, archivesFollowHouseholds]);
/** What still counts of last year comes along into the new round; a result that is looked at anew leaves the roll. */
followCases([eventsFollowCases, noticesFollowCases, hidesRecalled, awardsFollowCases]);
/** A case leaves the round, a name leaves notices and rolls, the moment its consent is withdrawn. */
followConsents([roundsFollowConsents, noticesFollowConsents, hidesWithdrawn]);
